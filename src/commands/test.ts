/** `assay test DIR`: rules against their annotated targets, and detectors against their samples. */
export async function testCommand(_: readonly string[]): Promise<number> {
  return 0;
}
