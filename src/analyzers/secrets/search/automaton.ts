/** A deterministic automaton of an expression, whose states are made when a text first needs them (as RE2 does). */
import { canRead, isEmpty, isMatch, OP, type Program, reads } from '#analyzers/secrets/program.ts';
import { emptyAt, kindOf, kindsAsked, NOTHING, OTHER } from './empty.ts';
import { type RuneClasses, runeClasses } from './rune-classes.ts';

export interface Automaton {
  readonly classes: RuneClasses;
  /** Columns of a state's row: one for each class and one for the end of the text; then the same again, for letting a match begin. */
  readonly width: number;
  /**
   * A state is the offset of its row. Each column of it has twice the next state, and 1 more where a match ends before the
   * character; UNKNOWN until it is made.
   */
  readonly table: Int32Array;
  /** The state in which a match begins behind `rune`. */
  startAfter(rune: number): number;
  /** Makes an entry of the table. What it knows may be dropped for that: then all earlier states are void, but not the answer's. */
  make(state: number, column: number): number;
}

export interface AutomatonOptions {
  /** Whether a match that goes on is preferred to one that has ended, whatever the expression prefers. Default: false. */
  readonly longest?: boolean;
  readonly maxCells?: number;
}

export const UNKNOWN = -1;
/** The state of nothing to go on with. */
export const DEAD = 0;
/** What the states of one expression may take (numbers of 4 bytes); beyond that they are dropped and made anew. */
export const MAX_CELLS = 1 << 18;
const FIRST_ROWS = 16;

/** A state is where the expression may be, what is preferred first, and the kind of the character before. */
interface State {
  readonly steps: Int32Array;
  readonly kind: number;
  /** Another state of the same hash. */
  readonly sibling: number | undefined;
}

export function createAutomaton({ inst, start }: Program, options: AutomatonOptions = {}): Automaton {
  const { longest = false, maxCells = MAX_CELLS } = options;
  const classes = runeClasses({ inst, start });
  const end = classes.count;
  const half = end + 1;
  const width = 2 * half;
  const asked = kindsAsked(inst);
  const kindAfter = (rune: number) => (asked.has(kindOf(rune)) ? kindOf(rune) : OTHER!);
  const marks = new Int32Array(inst.length);
  const taken = new Int32Array(inst.length);
  const next = new Int32Array(inst.length);
  const stack: number[] = [];
  let mark = 0;
  let size = 0;
  let states: State[] = [];
  let byHash = new Map<number, number>();
  let cells = 0;
  let table = new Int32Array(0);
  clear();

  function clear(): void {
    table = new Int32Array(FIRST_ROWS * width).fill(UNKNOWN);
    states = [{ steps: new Int32Array(0), kind: OTHER!, sibling: undefined }];
    byHash = new Map();
    cells = 0;
  }

  /** Of the steps that `next` has. */
  function stateOf(kind: number): number {
    if (size === 0) return DEAD;
    const hash = hashOf(next, size, kind);
    for (let known = byHash.get(hash); known !== undefined; known = states[known]!.sibling)
      if (states[known]!.kind === kind && isSame(states[known]!.steps, next, size)) return known * width;
    cells += width + size;
    if (cells > maxCells && states.length > 1) clear();
    const number = states.length;
    states.push({ steps: next.slice(0, size), kind, sibling: byHash.get(hash) });
    byHash.set(hash, number);
    if ((number + 1) * width > table.length) {
      const grown = new Int32Array(2 * table.length).fill(UNKNOWN);
      grown.set(table);
      table = grown;
    }
    return number * width;
  }

  /** Puts into `next` where one may go by reading `rune`. True where a match ends before it: what is less preferred does not count. */
  function advance({ steps, kind }: State, rune: number): boolean {
    const met = emptyAt(kind, rune);
    let ended = false;
    mark++;
    size = 0;
    for (let index = steps.length - 1; index >= 0; index--) stack.push(steps[index]!);
    while (stack.length > 0) {
      const at = stack.pop()!;
      if (marks[at] === mark) continue;
      marks[at] = mark;
      const one = inst[at]!;
      if (reads(one)) {
        if (rune !== NOTHING && taken[one.out] !== mark && canRead(one, rune)) take(one.out);
      } else if (one.op === OP.alt || one.op === OP.altMatch) stack.push(one.arg, one.out);
      else if (isMatch(one)) {
        ended = true;
        if (!longest) stack.length = 0;
      } else if (one.op !== OP.fail && (!isEmpty(one) || (one.arg & ~met) === 0)) stack.push(one.out);
    }
    return ended;
  }

  function take(step: number): void {
    taken[step] = mark;
    next[size++] = step;
  }

  return {
    classes,
    width,
    get table() {
      return table;
    },
    startAfter(rune) {
      mark++;
      size = 0;
      take(start);
      return stateOf(kindAfter(rune));
    },
    make(state, column) {
      const begins = column >= half;
      const sort = begins ? column - half : column;
      const rune = sort === end ? NOTHING : classes.members[sort]!;
      const ended = advance(states[state / width]!, rune);
      if (begins && !ended && taken[start] !== mark && rune !== NOTHING) take(start);
      const before = states;
      const entry = 2 * stateOf(kindAfter(rune)) + Number(ended);
      if (states === before) table[state + column] = entry;
      return entry;
    },
  };
}

function hashOf(steps: Int32Array, size: number, kind: number): number {
  let hash = kind;
  for (let index = 0; index < size; index++) hash = Math.imul(hash ^ steps[index]!, 0x01000193) ^ (hash >>> 15);
  return hash;
}

function isSame(steps: Int32Array, others: Int32Array, size: number): boolean {
  if (steps.length !== size) return false;
  for (let index = 0; index < size; index++) if (steps[index] !== others[index]) return false;
  return true;
}
