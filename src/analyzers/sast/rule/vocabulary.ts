/** Which of many words a text holds, in one pass over it: so that most files are never parsed. */

export interface Vocabulary {
  /** Answers for whole identifiers only: `load` is not in `reload`. `eval(` asks for a call of the bare name. */
  wordsIn(text: string): (word: string) => boolean;
}

const LETTERS = new Uint8Array(128);
for (const sign of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_') LETTERS[sign.charCodeAt(0)] = 1;

const SEED = 0x811c9dc5;
const FACTOR = 0x01000193;

/** An open hash table of the words (FNV-1a); the text's identifiers are hashed as they are read, and only a hit is compared. */
export function createVocabulary(words: Iterable<string>): Vocabulary {
  const list = [...new Set(words)];
  const size = 1 << Math.ceil(Math.log2(list.length * 4 + 4));
  const slots = new Int32Array(size).fill(-1);
  const hashes = new Int32Array(list.length);
  const names = list.map((word) => word.replace(/\($/, ''));
  for (const [i, word] of names.entries()) {
    let hash = SEED;
    for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), FACTOR);
    hashes[i] = hash;
    let slot = hash & (size - 1);
    while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = i;
  }
  const indexOf = new Map(list.map((word, i) => [word, i]));

  return {
    wordsIn(text) {
      const found = new Uint8Array(list.length);
      let missing = list.length;
      // An identifier may be written in letters that Python takes for others (NFKC).
      // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what needs no normalization
      const normal = /[^\x00-\x7f]/.test(text) ? text.normalize('NFKC') : text;
      // Other languages read letters as they are: both are looked at.
      const plain = normal === text ? text : `${text}\n${normal}`;
      for (let at = 0; at < plain.length && missing > 0; ) {
        let code = plain.charCodeAt(at);
        if (code >= 128 || LETTERS[code] === 0) {
          at++;
          continue;
        }
        const start = at;
        let hash = SEED;
        do {
          hash = Math.imul(hash ^ code, FACTOR);
          code = plain.charCodeAt(++at);
        } while (code < 128 && LETTERS[code] === 1);
        for (let slot = hash & (size - 1), i = slots[slot]!; i !== -1; i = slots[slot]!) {
          if (hashes[i] === hash && found[i] === 0 && plain.slice(start, at) === names[i]) {
            if (names[i] === list[i] || isBareCall(plain, start, at)) {
              found[i] = 1;
              missing--;
            }
          }
          slot = (slot + 1) & (size - 1);
        }
      }
      return (word) => found[indexOf.get(word) ?? -1] === 1;
    },
  };
}

/** Python 2 calls these without parentheses. */
const STATEMENTS: ReadonlySet<string> = new Set(['exec', 'print']);

/**
 * True unless it is plain that the name is not called, or is somebody's attribute or being defined: `model.eval()`,
 * `def eval(`. What stands on a line above says nothing: a comment may end there.
 */
function isBareCall(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (text[before] === ' ' || text[before] === '\t') before--;
  if (text[before] === '.' || (text[before] === 'f' && text.slice(before - 2, before) === 'de' && before < start - 1))
    return false;
  if (text[before] === '@') return true;
  let after = end;
  while (text.charCodeAt(after) <= 32) after++;
  return '()\\#'.includes(text[after] ?? 'x') || STATEMENTS.has(text.slice(start, end));
}
