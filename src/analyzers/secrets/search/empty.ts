/** What `^`, `$` and `\b` ask of a place in a text: the kind of the character before it and the character behind it. */
import { LINE_FEED } from '#analyzers/secrets/expression/program.ts';

const [BEGIN_LINE, END_LINE, BEGIN_TEXT, END_TEXT, WORD_BOUNDARY, NO_WORD_BOUNDARY] = [1, 2, 4, 8, 16, 32];

/** Stands for the character before a text, and for the one behind it. */
export const NOTHING = -1;

/** Kinds of the character before a place: all that an expression can ask of it. */
export const [OTHER, AFTER_WORD, AFTER_LINE, AT_BEGIN] = [0, 1, 2, 3];

export function kindOf(rune: number): number {
  if (rune === NOTHING) return AT_BEGIN!;
  if (rune === LINE_FEED) return AFTER_LINE!;
  return isWord(rune) ? AFTER_WORD! : OTHER!;
}

/** What holds between a character of that kind and `next`, as bits. */
export function emptyAt(kind: number, next: number): number {
  let bits = 0;
  if (kind === AT_BEGIN) bits |= BEGIN_TEXT! | BEGIN_LINE!;
  if (kind === AFTER_LINE) bits |= BEGIN_LINE!;
  if (next === NOTHING) bits |= END_TEXT! | END_LINE!;
  if (next === LINE_FEED) bits |= END_LINE!;
  return bits | ((kind === AFTER_WORD) === isWord(next) ? NO_WORD_BOUNDARY! : WORD_BOUNDARY!);
}

/** What has to hold for who reads a text backwards. */
export function mirrored(bits: number): number {
  const swap = (one: number, other: number) => ((bits & one) === 0 ? 0 : other) | ((bits & other) === 0 ? 0 : one);
  const boundaries = bits & (WORD_BOUNDARY! | NO_WORD_BOUNDARY!);
  return swap(BEGIN_LINE!, END_LINE!) | swap(BEGIN_TEXT!, END_TEXT!) | boundaries;
}

/** The kinds that make a difference where that much is asked for; the others may be taken for OTHER. */
export function kindsAsked(asked: number): ReadonlySet<number> {
  const kinds = new Set([OTHER!]);
  if ((asked & (BEGIN_LINE! | BEGIN_TEXT!)) !== 0) kinds.add(AT_BEGIN!);
  if ((asked & BEGIN_LINE!) !== 0) kinds.add(AFTER_LINE!);
  if ((asked & (WORD_BOUNDARY! | NO_WORD_BOUNDARY!)) !== 0) kinds.add(AFTER_WORD!);
  return kinds;
}

function isWord(rune: number): boolean {
  return (rune >= 97 && rune <= 122) || (rune >= 65 && rune <= 90) || (rune >= 48 && rune <= 57) || rune === 95;
}
