/** What only one of two answers has, line by line: `-` is Semgrep's alone, `+` is Assay's alone. */

export function differences(semgrep: readonly string[], assay: readonly string[]): string[] {
  return [
    ...semgrep.filter((line) => !assay.includes(line)).map((line) => `- ${line}`),
    ...assay.filter((line) => !semgrep.includes(line)).map((line) => `+ ${line}`),
  ];
}
