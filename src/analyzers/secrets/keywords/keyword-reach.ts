/** How far before a keyword a match can begin, and through which characters: told from an expression's program. */

import {
  canRead,
  follow,
  type Instruction,
  isMatch,
  LAST_UNIT,
  type Program,
  reads,
  readsAny,
  unitsOf,
} from '#analyzers/secrets/expression/program.ts';
import { createReaders } from '#analyzers/secrets/expression/readers.ts';
import { automatonOf } from './keywords.ts';

export interface KeywordReach {
  /** UTF-16 units from the beginning of a match to the end of the first keyword in it, at most; Infinity where there is no bound. */
  readonly longest: number;
  /** False for a unit that no match has before its first keyword. */
  reads(unit: number): boolean;
}

/** Pairs of a program's step and a place in the keywords that are looked at; an expression that has more reads whole texts. */
const MAX_PAIRS = 1_000_000;
const ASCII = 0x80;

/** Null where a match may hold none of the keywords, in any case. */
export function keywordReach({ inst, start }: Program, keywords: readonly string[]): KeywordReach | null {
  if (keywords.length === 0 || keywords.some((keyword) => keyword === '')) return null;
  const { next, outputs, width, classOf, members } = automatonOf(keywords);
  const states = outputs.length;
  if (inst.length * states > MAX_PAIRS) return null;
  const { readers, readerOf } = createReaders();
  const columnsOf = createColumnFinder(classOf, members);

  /** Hands over each pair that follows one; a keyword's end is none. */
  function eachNext(pair: number, onNext: (next: number) => void): void {
    const state = pair % states;
    const one = inst[(pair - state) / states]!;
    if (!reads(one)) for (const to of follow(one)) onNext(to * states + state);
    else {
      for (const column of columnsOf(one, readerOf(one))) {
        const after = next[state * width + column]! / width;
        if (outputs[after] === undefined) onNext(one.out * states + after);
      }
    }
  }

  const waiting = new Int32Array(inst.length * states);
  const reached = [start * states];
  const seen = new Uint8Array(inst.length * states);
  seen[reached[0]!] = 1;
  for (const pair of reached) {
    if (isMatch(inst[Math.floor(pair / states)]!)) return null;
    eachNext(pair, (after) => {
      waiting[after]!++;
      if (seen[after] === 1) return;
      seen[after] = 1;
      reached.push(after);
    });
  }

  // What never gets ready stands in a loop, or behind one.
  const length = new Int32Array(inst.length * states);
  const ready = waiting[reached[0]!] === 0 ? [reached[0]!] : [];
  let longest = 0;
  for (const pair of ready) {
    const here = length[pair]! + unitsOf(inst[Math.floor(pair / states)]!);
    longest = Math.max(longest, here);
    eachNext(pair, (after) => {
      length[after] = Math.max(length[after]!, here);
      if (--waiting[after]! === 0) ready.push(after);
    });
  }
  return {
    longest: ready.length === reached.length ? longest : Number.POSITIVE_INFINITY,
    // Each of them has been asked for by now.
    reads: createReader(readers),
  };
}

/** The columns of the automaton that an instruction can read; column 0 is every character of no keyword. */
function createColumnFinder(
  classOf: Uint16Array,
  members: readonly (readonly number[])[],
): (one: Instruction, reader: number) => readonly number[] {
  const known: (readonly number[])[] = [];
  return (one, reader) => {
    const before = known[reader];
    if (before !== undefined) return before;
    const columns = members.flatMap((units, column) =>
      (column === 0 ? readsOther(one, classOf) : units.some((unit) => canRead(one, unit))) ? [column] : [],
    );
    known[reader] = columns;
    return columns;
  };
}

function readsOther(one: Instruction, classOf: Uint16Array): boolean {
  if (readsAny(one)) return true;
  const isOther = (rune: number) => rune > LAST_UNIT || classOf[rune] === 0;
  const { runes } = one;
  // In any case; ASCII letters share a column with what they fold to.
  if (runes.length === 1) return isOther(runes[0]!) || (one.arg === 1 && runes[0]! >= ASCII);
  for (let pair = 0; pair < runes.length; pair += 2) {
    for (let rune = runes[pair]!; rune <= runes[pair + 1]!; rune++) if (isOther(rune)) return true;
  }
  return false;
}

/** Beyond ASCII every unit counts as read. */
function createReader(steps: readonly Instruction[]): (unit: number) => boolean {
  const readable = Uint8Array.from({ length: ASCII }, (_, unit) => Number(steps.some((one) => canRead(one, unit))));
  return (unit) => unit >= ASCII || readable[unit] === 1;
}
