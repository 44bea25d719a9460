/** Whether a text is written by people: what is minified, or holds control characters, patterns of words are not asked of. */

/** Characters that are looked at. */
const PROBE = 4_096;
/** A shorter text may be one line. */
const SHORT = 500;
/** Characters for each line, on average. */
const LONG_LINES = 150;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** As Semgrep's generic engine decides it, measured on its answers. */
export function isReadable(text: string): boolean {
  const probe = text.slice(0, PROBE);
  if (CONTROLS.test(probe)) return false;
  return probe.length <= SHORT || probe.length / probe.split('\n').length <= LONG_LINES;
}
