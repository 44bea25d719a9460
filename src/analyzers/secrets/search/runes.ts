/** Characters of a text as expressions take them: a surrogate pair is one, a surrogate alone is one, too. */
import { NOTHING } from './empty.ts';

export function runeAt(text: string, at: number): number {
  return at < text.length ? text.codePointAt(at)! : NOTHING;
}

/** `at` is no place within a pair. */
export function runeBefore(text: string, at: number): number {
  if (at === 0) return NOTHING;
  const unit = text.charCodeAt(at - 1);
  if (!isLow(unit) || at === 1 || !isHigh(text.charCodeAt(at - 2))) return unit;
  return text.codePointAt(at - 2)!;
}

/** The place, or the one before it where that is within a pair. */
export function outsidePair(text: string, at: number): number {
  const within = at > 0 && at < text.length && isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1));
  return within ? at - 1 : at;
}

function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
