/** Takes the secrets of a file out of everything else that is said about it: another rule's excerpt, a suppression's reason. */
import type { SealedSecret } from '#domain/sealed-secret.ts';
import { unseal } from './seal.ts';

/** A piece of a secret that is shorter than this gives nothing away (UTF-16 units). */
const MIN_PIECE = 6;
const HIDDEN = '…';

/** Text with each of the secrets, and a secret that the text's end cuts off, replaced by `…`. */
export function createHider(secrets: readonly SealedSecret[]): (text: string) => string {
  const forms = secrets.flatMap(unseal);
  const pieces = new Set(
    forms.flatMap((form) => [form, ...form.split(/[\r\n]+/)]).filter((piece) => piece.length >= MIN_PIECE),
  );
  if (pieces.size === 0) return (text) => text;
  const lengthAt = createMatcher(pieces);

  return (text) => {
    const body = text.endsWith(HIDDEN) ? text.slice(0, -1) : text;
    let shown = '';
    let read = 0;
    let hidden = -1;
    for (let at = 0; at + MIN_PIECE <= body.length; at++) {
      const length = lengthAt(body, at);
      if (length === 0) continue;
      if (at > hidden) shown += body.slice(read, at) + HIDDEN;
      hidden = Math.max(hidden, at + length);
      read = hidden;
    }
    if (read === 0) return text;
    return shown + (read === body.length ? '' : text.slice(read));
  };
}

/**
 * How many units at a place belong to a piece: to the longest that stands there, else to one that the text's end cuts off.
 * A file may hold thousands of secrets, and as many texts are made of it: most places are told from the beginnings of the pieces.
 */
function createMatcher(pieces: ReadonlySet<string>): (text: string, at: number) => number {
  const lengthsOf = new Map<string, Set<number>>();
  for (const piece of pieces) {
    const beginning = piece.slice(0, MIN_PIECE);
    lengthsOf.set(beginning, (lengthsOf.get(beginning) ?? new Set()).add(piece.length));
  }
  const sorted = [...pieces].sort();
  return (text, at) => {
    const lengths = lengthsOf.get(text.slice(at, at + MIN_PIECE));
    if (lengths === undefined) return 0;
    let longest = 0;
    for (const length of lengths) {
      if (length > longest && pieces.has(text.slice(at, at + length))) longest = length;
    }
    if (longest > 0) return longest;
    const rest = text.slice(at);
    return sorted[firstFrom(sorted, rest)]?.startsWith(rest) ? rest.length : 0;
  };
}

/** The index of the first of the sorted texts that does not stand before `text`. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
