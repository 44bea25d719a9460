/** What can be told of an expression from its compiled program: whether it crosses lines, how long a match can be, what it must hold. */
import type { RE2JS } from 're2js';
import { automatonOf } from './keywords.ts';

/** One step of re2js' program, which is that of RE2. Source: https://swtch.com/~rsc/regexp/regexp2.html */
interface Instruction {
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

const [ALT, ALT_MATCH, FAIL, MATCH, RUNE, RUNE_1, RUNE_ANY, RUNE_ANY_NOT_NL] = [1, 2, 5, 6, 8, 9, 10, 11];
const LINE_FEED = 10;
const LAST_UNIT = 0xffff;
/** Steps that the search for a match without any keyword may take; an expression that needs more reads whole texts. */
const MAX_STEPS = 4_000_000;

export function programOf(re: RE2JS): Program {
  return re.re2().prog as Program;
}

export function crossesLines({ inst }: Program): boolean {
  return inst.some((one) => reads(one) && canRead(one, LINE_FEED));
}

/** UTF-16 units of the longest match; Infinity where there is none. */
export function longestMatch({ inst, start }: Program): number {
  const waiting = new Int32Array(inst.length);
  const reached = reachable(inst, start);
  for (const at of reached) for (const to of follow(inst[at]!)) waiting[to]!++;
  const length = new Float64Array(inst.length);
  const ready = [start];
  let done = 0;
  let longest = 0;
  while (ready.length > 0) {
    const at = ready.pop()!;
    done++;
    const one = inst[at]!;
    const here = length[at]! + (reads(one) ? unitsOf(one) : 0);
    if (one.op === MATCH) longest = Math.max(longest, here);
    for (const to of follow(one)) {
      length[to] = Math.max(length[to]!, here);
      if (--waiting[to]! === 0) ready.push(to);
    }
  }
  // What is never ready stands in a loop, or behind one.
  return done === reached.size ? longest : Number.POSITIVE_INFINITY;
}

/** True when every match holds one of the keywords, in any case. */
export function mustHold({ inst, start }: Program, keywords: readonly string[]): boolean {
  if (keywords.length === 0 || keywords.some((keyword) => keyword === '')) return false;
  const { next, outputs, width, classOf } = automatonOf(keywords);
  const classesOf = createClassFinder(width, classOf);
  const seen = new Uint8Array(inst.length * outputs.length);
  const stack: number[] = [];
  let steps = 0;
  const visit = (at: number, state: number): void => {
    const node = at * outputs.length + state;
    if (seen[node] === 1) return;
    seen[node] = 1;
    stack.push(node);
  };
  visit(start, 0);
  while (stack.length > 0) {
    const node = stack.pop()!;
    const state = node % outputs.length;
    const one = inst[(node - state) / outputs.length]!;
    if (one.op === MATCH || ++steps > MAX_STEPS) return false;
    if (!reads(one)) {
      for (const to of follow(one)) visit(to, state);
      continue;
    }
    for (const column of classesOf(one)) {
      const after = next[state * width + column]! / width;
      if (outputs[after] === undefined) visit(one.out, after);
      steps++;
    }
  }
  return true;
}

/** The columns of the automaton that an instruction can read; column 0 is every character of no keyword. */
function createClassFinder(width: number, classOf: Uint16Array): (one: Instruction) => readonly number[] {
  const members: number[][] = Array.from({ length: width }, () => []);
  for (let unit = 0; unit <= LAST_UNIT; unit++) if (classOf[unit] !== 0) members[classOf[unit]!]!.push(unit);
  const known = new Map<Instruction, readonly number[]>();
  return (one) => {
    const before = known.get(one);
    if (before !== undefined) return before;
    const columns = members.flatMap((units, column) =>
      (column === 0 ? readsOther(one, classOf) : units.some((unit) => canRead(one, unit))) ? [column] : [],
    );
    known.set(one, columns);
    return columns;
  };
}

function readsOther(one: Instruction, classOf: Uint16Array): boolean {
  const isOther = (rune: number) => rune > LAST_UNIT || classOf[rune] === 0;
  const { op, runes } = one;
  if (op === RUNE_ANY || op === RUNE_ANY_NOT_NL) return true;
  if (runes.length === 1) return isOther(runes[0]!);
  for (let pair = 0; pair < runes.length; pair += 2) {
    for (let rune = runes[pair]!; rune <= runes[pair + 1]!; rune++) if (isOther(rune)) return true;
  }
  return false;
}

function reads({ op }: Instruction): boolean {
  return op >= RUNE! && op <= RUNE_ANY_NOT_NL!;
}

function canRead(one: Instruction, rune: number): boolean {
  if (one.op === RUNE_ANY) return true;
  if (one.op === RUNE_ANY_NOT_NL) return rune !== LINE_FEED;
  return one.op === RUNE_1 ? one.runes[0] === rune || one.matchRune(rune) : one.matchRune(rune);
}

function unitsOf({ op, runes }: Instruction): number {
  if (op === RUNE_ANY || op === RUNE_ANY_NOT_NL) return 2;
  return runes.length > 0 && runes[runes.length - 1]! > LAST_UNIT ? 2 : 1;
}

function follow(one: Instruction): number[] {
  if (one.op === FAIL || one.op === MATCH) return [];
  return one.op === ALT || one.op === ALT_MATCH ? [one.out, one.arg] : [one.out];
}

function reachable(inst: readonly Instruction[], start: number): Set<number> {
  const reached = new Set([start]);
  for (const at of reached) for (const to of follow(inst[at]!)) reached.add(to);
  return reached;
}
