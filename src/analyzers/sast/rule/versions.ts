/** `min-version` and `max-version`: a rule that asks for another Semgrep than the one that is run here is left out. */

/** What Semgrep of this version finds is what is found here. */
export const SEMGREP_VERSION = '1.182.0';

const VERSION = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})/;

/** Null for a text that is no version. */
function parts(version: string): [number, number, number] | null {
  const [, ...numbers] = VERSION.exec(version) ?? [];
  return numbers.length === 0 ? null : (numbers.map(Number) as [number, number, number]);
}

/** Negative where `a` is the older one. */
function compareVersions(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((part, at) => part !== b[at]);
  return i === -1 ? 0 : a[i]! - b[i]!;
}

export type VersionProblem = { readonly kind: 'invalid' | 'unsupported'; readonly message: string };

/** Null where the rule is for the version that is run here. */
export function versionProblem(key: 'min-version' | 'max-version', value: unknown): VersionProblem | null {
  const wanted = typeof value === 'string' ? parts(value) : null;
  if (wanted === null) return { kind: 'invalid', message: `\`${key}\`: expected a version, such as 1.100.0` };
  const order = compareVersions(parts(SEMGREP_VERSION)!, wanted);
  if (key === 'min-version' ? order >= 0 : order <= 0) return null;
  const bound = key === 'min-version' ? 'or newer' : 'or older';
  return {
    kind: 'unsupported',
    message: `it is for Semgrep ${String(value)} ${bound}; rules run as in ${SEMGREP_VERSION}`,
  };
}
