/** The sorts of characters that an expression tells apart: a column for each in its automaton's table. */

import {
  canRead,
  type Instruction,
  inAnyCase,
  isEmpty,
  LINE_FEED,
  reads,
} from '#analyzers/secrets/expression/program.ts';
import { lastAtMost } from '#domain/last-at-most.ts';

export interface RuneClasses {
  readonly count: number;
  /** The class of each unit below 128. */
  readonly ascii: Uint16Array;
  classOf(rune: number): number;
  /** One member of each class. */
  readonly members: readonly number[];
}

const ASCII = 0x80;
/** ASCII letters and digits and `_`, as pairs of first and last. */
const WORD = [48, 57, 65, 90, 95, 95, 97, 122];
/** The last code points that have another case are below this one. */
const CASED = 0x1f000;

export function runeClasses(inst: readonly Instruction[]): RuneClasses {
  const first = new Set([0, LINE_FEED, LINE_FEED + 1]);
  const tell = (low: number, high: number) => first.add(low).add(high + 1);
  for (const one of inst) {
    const { runes } = one;
    if (isEmpty(one)) for (let pair = 0; pair < WORD.length; pair += 2) tell(WORD[pair]!, WORD[pair + 1]!);
    if (!reads(one)) continue;
    if (inAnyCase(one)) for (const rune of casesOf(one)) tell(rune, rune);
    else if (runes.length === 1) tell(runes[0]!, runes[0]!);
    else for (let pair = 0; pair < runes.length; pair += 2) tell(runes[pair]!, runes[pair + 1]!);
  }
  const members = [...first].sort((a, b) => a - b);
  const classOf = (rune: number): number => lastAtMost(members, rune);
  const ascii = Uint16Array.from({ length: ASCII }, (_, unit) => classOf(unit));
  return { count: members.length, ascii, classOf, members };
}

const known = new Map<number, readonly number[]>();

/** A character and its other cases. */
function casesOf(one: Instruction): readonly number[] {
  const rune = one.runes[0]!;
  const before = known.get(rune);
  if (before !== undefined) return before;
  const cases: number[] = [];
  for (let other = 0; other < CASED; other++) if (canRead(one, other)) cases.push(other);
  known.set(rune, cases);
  return cases;
}
