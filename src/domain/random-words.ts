/** Words that may be a secret, for texts whose secrets nobody has looked for: notes that quote a file, files that were not read whole. */

const LONG_WORD = /[\w-]{16,}/g;
/** The fingerprints that reviews show, and policies name. */
const FINGERPRINT = /^[0-9a-f]{32}$/;

export function withoutRandomWords(text: string): string {
  return text.replace(LONG_WORD, (word) => (looksRandom(word) ? `…(${word.length})` : word));
}

/** No rule, key or folder is called like this. */
function looksRandom(word: string): boolean {
  if (FINGERPRINT.test(word)) return false;
  const digits = word.match(/\d/g)?.length ?? 0;
  const isMixed = /[a-z]/.test(word) && /[A-Z]/.test(word);
  return digits >= 5 || (digits > 0 && /[A-Z]/.test(word)) || (isMixed && word.length >= 24);
}
