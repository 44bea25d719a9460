/**
 * Sample tokens as templates, so that no token-shaped string stands in git: `hf_{alnum:34}` becomes a token when a test runs.
 *
 * `{kind:length}` is random text of that kind, the same for the same seed; `{join}` is nothing, and breaks up a well-known value.
 */

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const ALPHABETS: Readonly<Record<string, string>> = {
  digit: DIGITS,
  hex: `${DIGITS}abcdef`,
  lower: LOWER,
  upper: UPPER,
  alpha: LOWER + UPPER,
  loweralnum: LOWER + DIGITS,
  upperalnum: UPPER + DIGITS,
  alnum: LOWER + UPPER + DIGITS,
  base32: `${UPPER}234567`,
  base64: `${LOWER}${UPPER}${DIGITS}+/`,
  base64url: `${LOWER}${UPPER}${DIGITS}-_`,
  /** Base64 in lines of 64 characters. */
  pem: `${LOWER}${UPPER}${DIGITS}+/`,
};

export interface Expanded {
  readonly text: string;
  /** The random pieces, in order. */
  readonly values: readonly string[];
}

/** @throws RangeError for an unknown kind; `findTemplateProblem` says so beforehand. */
export function expand(template: string, seed: number | string): Expanded {
  const random = createRandom(`${seed}\0${template}`);
  const values: string[] = [];
  const text = template.replace(PLACEHOLDER, (_, kind: string, length: string | undefined) => {
    if (kind === 'join') return '';
    const alphabet = ALPHABETS[kind];
    if (alphabet === undefined) throw new RangeError(`unknown kind of placeholder: ${kind}`);
    const value = Array.from({ length: Number(length) }, () => alphabet[random() % alphabet.length]).join('');
    const shown = kind === 'pem' ? value.replace(/(.{64})(?=.)/g, '$1\n') : value;
    values.push(...shown.split('\n'));
    return shown;
  });
  return { text, values };
}

/** A sentence about the first placeholder that is not known, or null. */
export function findTemplateProblem(template: string): string | null {
  for (const [placeholder, kind] of template.matchAll(PLACEHOLDER)) {
    if (kind !== 'join' && ALPHABETS[kind!] === undefined) {
      return `${placeholder}: the kinds are ${Object.keys(ALPHABETS).join(', ')}`;
    }
  }
  return null;
}

/** What every text of the template looks like, however long its random pieces are: an expression in RE2's syntax, for a whole text. */
export function shapeOf(template: string): string {
  let end = 0;
  let shape = '';
  for (const { 0: placeholder, 1: kind, index } of template.matchAll(PLACEHOLDER)) {
    shape += literal(template.slice(end, index)) + (kind === 'join' ? '' : `[${literal(ALPHABETS[kind!]!)}]+`);
    end = index + placeholder.length;
  }
  return `^${shape}${literal(template.slice(end))}$`;
}

function literal(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, '\\$&');
}

const PLACEHOLDER = /\{(join(?=\})|[a-z0-9]+(?=:))(?::([0-9]{1,5}))?\}/g;

/** A small generator (mulberry32) seeded by a hash of the text (FNV-1a): stable everywhere, and nothing secret about it. */
function createRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) state = Math.imul(state ^ seed.charCodeAt(at), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
