/** A deterministic automaton of an expression, whose states are made when a text first needs them (as RE2 does). */
import type { Program } from '#analyzers/secrets/program.ts';
import { emptyAt, kindOf, kindsAsked, NOTHING, OTHER } from './empty.ts';
import type { RuneClasses } from './rune-classes.ts';
import { createStates, type OnGrow } from './states.ts';
import { EITHER, EMPTY, layOut, MATCH, READ } from './steps.ts';

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

export function createAutomaton(program: Program, options: AutomatonOptions = {}): Automaton {
  const { longest = false, maxCells = MAX_CELLS, onGrow = () => {} } = options;
  const { start, classes, kinds, out, arg, takes, readers } = layOut(program);
  const end = classes.count;
  const half = end + 1;
  const width = 2 * half;
  const states = createStates(width, maxCells, onGrow);
  const asked = kindsAsked(program.inst);
  const kindAfter = (rune: number) => (asked.has(kindOf(rune)) ? kindOf(rune) : OTHER!);
  const marks = new Int32Array(kinds.length);
  const taken = new Int32Array(kinds.length);
  const next = new Int32Array(kinds.length);
  const waiting = new Int32Array(kinds.length);
  let mark = 0;
  let size = 0;
  onGrow(6 * kinds.length + (kinds.length + takes.length) / Int32Array.BYTES_PER_ELEMENT);

  /** Puts into `next` where one may go by reading a character. True where a match ends before it: what is less preferred does not count. */
  function advance(state: number, sort: number, rune: number): boolean {
    const { cells } = states;
    const met = emptyAt(states.kindOf(state), rune);
    const row = sort * readers;
    const from = states.stepsAt(state);
    const to = from + states.sizeOf(state);
    let ended = false;
    mark = (mark + 1) | 0;
    size = 0;
    for (let index = from; index < to; index++) {
      let depth = 0;
      let at = cells[index]!;
      for (;;) {
        if (marks[at] !== mark) {
          marks[at] = mark;
          const kind = kinds[at]!;
          if (kind === READ) {
            if (takes[row + arg[at]!] === 1) take(out[at]!);
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
    return ended;
  }

  function take(step: number): void {
    if (taken[step] === mark) return;
    taken[step] = mark;
    next[size++] = step;
  }

  return {
    classes,
    width,
    entriesBetweenLooks: Math.ceil(STEPS_BETWEEN_LOOKS / kinds.length),
    get table() {
      return states.cells;
    },
    startAfter(rune) {
      mark = (mark + 1) | 0;
      size = 0;
      take(start);
      return states.add(next, size, kindAfter(rune));
    },
    make(state, column) {
      const begins = column >= half;
      const sort = begins ? column - half : column;
      const rune = sort === end ? NOTHING : classes.members[sort]!;
      const ended = advance(state, sort, rune);
      if (begins && !ended && rune !== NOTHING) take(start);
      const { age } = states;
      const entry = 2 * states.add(next, size, kindAfter(rune)) + Number(ended);
      if (states.age === age) states.cells[state + column] = entry;
      return entry;
    },
  };
}
