/** Which Gitleaks' configuration language is read, and whether a file asks for a newer one. */

export const LANGUAGE_VERSION = 'v8.30';

/** False for what is no version: Gitleaks does not refuse it. */
export function isNewerVersion(wanted: string | undefined): boolean {
  const [major, minor] = numbers(wanted ?? '');
  const [ourMajor, ourMinor] = numbers(LANGUAGE_VERSION);
  return major > ourMajor || (major === ourMajor && minor > ourMinor);
}

function numbers(version: string): [number, number] {
  const match = /^v?(\d{1,6})(?:\.(\d{1,6}))?/.exec(version.trim());
  return [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
}
