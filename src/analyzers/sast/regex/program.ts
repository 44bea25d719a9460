/** The instructions of the matcher: what an expression is compiled to. */
import { type CharSet, complement, has, onlyMember } from './char-set.ts';
import type { Place } from './syntax-tree.ts';

/** Operands are named behind each; `max` is -1 where there is no bound, a table -1 where any character will do. */
export const MATCH = 0;
/** code unit */
export const CHAR = 1;
/** string */
export const STRING = 2;
/** table */
export const SET = 3;
/** table, min, max, table of what must follow */
export const RUN_GREEDY = 4;
export const RUN_LAZY = 5;
export const RUN_POSSESSIVE = 6;
/** where to go when the other way fails; the first way is the next instruction */
export const TRY = 7;
/** target */
export const JUMP = 8;
/** table, target where the next character is not in it */
export const PEEK = 9;
/** register */
export const SAVE = 10;
/** group's first register, register where it opened */
export const CLOSE = 11;
/** place */
export const ASSERT = 12;
/** characters */
export const BACK = 13;
/** register */
export const MARK = 14;
export const CUT = 15;
export const RESTORE = 16;
export const CUT_AND_FAIL = 17;
/** counter */
export const LOOP_START = 18;
/** counter, register of the position, min, max, lazy, exit; LOOP_BODY follows */
export const LOOP = 19;
/** list of groups, ignores case */
export const REFERENCE = 20;
/** target, group */
export const CALL = 21;
/** group */
export const RETURN = 22;
/** list of groups, else */
export const IF_MATCHED = 23;
/** group or -1 for any, else */
export const IF_CALLED = 24;
export const GRAPHEME = 25;
export const FAIL = 26;
export const PRUNE = 27;
export const SKIP = 28;
export const COMMIT = 29;
/** counter, register of the position */
export const LOOP_BODY = 30;

/** Operands of ASSERT. */
export const PLACES: readonly Place[] = [
  'text-start',
  'text-end',
  'last-line-end',
  'line-start',
  'line-end',
  'search-start',
  'word-boundary',
  'not-word-boundary',
  'word-start',
  'word-end',
];

/** A set of characters made quick to ask. */
export interface CharTable {
  /** One for each member below 256. */
  readonly low: Uint8Array;
  readonly set: CharSet;
  /** The only character that is missing, empty if none is; null where there are more or it takes two code units. */
  readonly onlyMissing: string | null;
}

export function charTable(set: CharSet): CharTable {
  const low = new Uint8Array(256);
  for (let code = 0; code < 256; code++) low[code] = has(set, code) ? 1 : 0;
  const others = complement(set);
  const missing = onlyMember(others);
  const isOnly = missing !== null && missing < 0xd800;
  return { low, set, onlyMissing: others.length === 0 ? '' : isOnly ? String.fromCharCode(missing) : null };
}

/** Registers: 0 and 1 are the whole match, 2n and 2n+1 group n; then what belongs to the matcher. */
export interface Program {
  readonly code: Int32Array;
  readonly tables: readonly CharTable[];
  readonly strings: readonly string[];
  readonly lists: readonly (readonly number[])[];
  readonly groupCount: number;
  readonly registerCount: number;
  /** Holds the number of the running call. */
  readonly callRegister: number;
  readonly word: CharTable;
}
