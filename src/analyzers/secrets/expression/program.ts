/** An expression as re2js has compiled it: the steps that everything else of an expression is worked out from. */
import type { RE2JS } from 're2js';

/** One step of re2js' program, which is that of RE2. Source: https://swtch.com/~rsc/regexp/regexp2.html */
export interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  /** Pairs of first and last code point; one alone may stand for its other cases too. */
  readonly runes: ArrayLike<number>;
  matchRune(rune: number): boolean;
}
export interface Program {
  readonly inst: readonly Instruction[];
  readonly start: number;
}

export const OP = {
  alt: 1,
  altMatch: 2,
  empty: 4,
  fail: 5,
  match: 6,
  pass: 7,
  rune: 8,
  rune1: 9,
  runeAny: 10,
  runeAnyNotLineFeed: 11,
} as const;
const IN_ANY_CASE = 1;
export const LINE_FEED = 10;
export const LAST_UNIT = 0xffff;

export function programOf(re: RE2JS): Program {
  return re.re2().prog as Program;
}

const NOTHING = new Int32Array(0);

/** A step that takes no character has an empty array of its own, which is larger than the step: from now on they share one. */
export function shareNothing({ inst }: Program): void {
  for (const one of inst as readonly { runes: Instruction['runes'] }[]) if (one.runes.length === 0) one.runes = NOTHING;
}

export function isMatch({ op }: Instruction): boolean {
  return op === OP.match;
}

/** True for `^`, `$` and `\b` in all their forms: `arg` says, in the bits of `emptyAt`, what has to be there. */
export function isEmpty({ op }: Instruction): boolean {
  return op === OP.empty;
}

/** True for a step that takes a character. */
export function reads({ op }: Instruction): boolean {
  return op >= OP.rune && op <= OP.runeAnyNotLineFeed;
}

export function readsAny({ op }: Instruction): boolean {
  return op === OP.runeAny || op === OP.runeAnyNotLineFeed;
}

/** True for one character that stands for its other cases too. */
export function inAnyCase({ op, runes, arg }: Instruction): boolean {
  return (op === OP.rune || op === OP.rune1) && runes.length === 1 && (arg & IN_ANY_CASE) !== 0;
}

export function canRead(one: Instruction, rune: number): boolean {
  if (one.op === OP.runeAny) return true;
  if (one.op === OP.runeAnyNotLineFeed) return rune !== LINE_FEED;
  return one.op === OP.rune1 ? one.runes[0] === rune || one.matchRune(rune) : one.matchRune(rune);
}

/** UTF-16 units that a step takes at most. */
export function unitsOf(one: Instruction): number {
  if (!reads(one)) return 0;
  if (readsAny(one)) return 2;
  return one.runes.length > 0 && one.runes[one.runes.length - 1]! > LAST_UNIT ? 2 : 1;
}

/** Where a step goes on, what is preferred first. */
export function follow(one: Instruction): readonly number[] {
  if (one.op === OP.fail || one.op === OP.match) return [];
  return one.op === OP.alt || one.op === OP.altMatch ? [one.out, one.arg] : [one.out];
}
