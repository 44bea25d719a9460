/** A deterministic automaton of an expression, whose states are made when a text first needs them (as RE2 does). */
import { emptyAt, kindOf, kindsAsked, NOTHING, OTHER } from './empty.ts';
import type { RuneClasses } from './rune-classes.ts';
import { nextMark, scratchFor } from './scratch.ts';
import { createStates, type OnGrow } from './states.ts';
import { EITHER, EMPTY, MATCH, READ, type Steps } from './steps.ts';

export interface Automaton {
  readonly classes: RuneClasses;
  /** Columns of a state's row: one for each class and one for the end of the text; then the same again, for letting a match begin. */
  readonly width: number;
  /**
   * A state is the offset of its row. Each column of it has twice the next state, and 1 more where a match ends before the
   * character; UNKNOWN until it is made.
   */
  readonly table: Int32Array;
  /** Entries that may be made between two looks at a clock. */
  readonly entriesBetweenLooks: number;
  /** The state in which a match begins behind `rune`. */
  startAfter(rune: number): number;
  /** Makes an entry of the table. What it knows may be dropped for that: then all earlier states are void, but not the answer's. */
  make(state: number, column: number): number;
}

export interface AutomatonOptions {
  /** Whether a match that goes on is preferred to one that has ended, whatever the expression prefers. Default: false. */
  readonly longest?: boolean;
  readonly maxCells?: number;
  readonly onGrow?: OnGrow;
}

/** What the states of one automaton may take (numbers of 4 bytes); beyond that they are dropped and made anew. */
export const MAX_CELLS = 1 << 18;
/** Steps of the program between two looks at a clock: an entry may need each of them once. */
const STEPS_BETWEEN_LOOKS = 1 << 18;
const NO_STEPS = new Int32Array(0);

export function createAutomaton(steps: Steps, options: AutomatonOptions = {}): Automaton {
  const { longest = false, maxCells = MAX_CELLS, onGrow = () => {} } = options;
  const { start, classes, kinds, out, arg, takes, readers } = steps;
  const end = classes.count;
  const half = end + 1;
  const width = 2 * half;
  const states = createStates(width, maxCells, onGrow);
  const asked = kindsAsked(kinds.reduce((bits, kind, at) => (kind === EMPTY ? bits | arg[at]! : bits), 0));
  const kindAfter = (rune: number) => (asked.has(kindOf(rune)) ? kindOf(rune) : OTHER!);
  const bytes = [kinds, out, arg, takes].reduce((sum, { byteLength }) => sum + byteLength, 0);
  onGrow(Math.ceil(bytes / Int32Array.BYTES_PER_ELEMENT));

  let next: Int32Array = NO_STEPS;
  let size = 0;

  /** Puts into `next` where one may go by reading a character. True where a match ends before it: what is less preferred does not count. */
  function advance(state: number, sort: number, rune: number, begins: boolean): boolean {
    const scratch = scratchFor(kinds.length);
    const { marks, taken, waiting } = scratch;
    const mark = nextMark(scratch);
    const { cells } = states;
    const met = emptyAt(states.kindOf(state), rune);
    const row = sort * readers;
    const from = states.stepsAt(state);
    const to = from + states.sizeOf(state);
    let ended = false;
    ({ next } = scratch);
    size = 0;
    for (let index = from; index < to; index++) {
      let depth = 0;
      let at = cells[index]!;
      for (;;) {
        if (marks[at] !== mark) {
          marks[at] = mark;
          const kind = kinds[at]!;
          if (kind === READ) {
            const step = out[at]!;
            if (takes[row + arg[at]!] === 1 && taken[step] !== mark) {
              taken[step] = mark;
              next[size++] = step;
            }
          } else if (kind === EITHER) {
            waiting[depth++] = arg[at]!;
            at = out[at]!;
            continue;
          } else if (kind === MATCH) {
            ended = true;
            if (!longest) return true;
          } else if (kind === EMPTY && (arg[at]! & ~met) === 0) {
            at = out[at]!;
            continue;
          }
        }
        if (depth === 0) break;
        at = waiting[--depth]!;
      }
    }
    if (begins && !ended && taken[start] !== mark) next[size++] = start;
    return ended;
  }

  return {
    classes,
    width,
    entriesBetweenLooks: Math.ceil(STEPS_BETWEEN_LOOKS / kinds.length),
    get table() {
      return states.cells;
    },
    startAfter(rune) {
      return states.add(Int32Array.of(start), 1, kindAfter(rune));
    },
    make(state, column) {
      const sort = column % half;
      const rune = sort === end ? NOTHING : classes.members[sort]!;
      const ended = advance(state, sort, rune, column > sort && rune !== NOTHING);
      const { age } = states;
      const entry = 2 * states.add(next, size, kindAfter(rune)) + Number(ended);
      if (states.age === age) states.cells[state + column] = entry;
      return entry;
    },
  };
}
