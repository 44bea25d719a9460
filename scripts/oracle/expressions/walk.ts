/** Strings that an expression is likely to match: random walks through its compiled program. */
import { compileExpression } from '#analyzers/secrets/expression/expression.ts';
import { type Instruction, programOf } from '#analyzers/secrets/expression/program.ts';
import type { Random } from '#scripts/oracle/generate/random.ts';

const [ALT, ALT_MATCH, FAIL, MATCH, RUNE, RUNE_ANY, RUNE_ANY_NOT_NL] = [1, 2, 5, 6, 8, 10, 11];
/** What `.` is tried with, and every class that holds it. */
const TELLING = [...'aZ09_-. \t\u000b\r\u0085\u00a0éßKſİıΑ☃😀\u{10ffff}\n'].map((one) => one.codePointAt(0)!);
const FOLDED = new Map([
  [0x6b, 0x212a],
  [0x4b, 0x212a],
  [0x73, 0x17f],
  [0x53, 0x17f],
]);
/** Further into a range there is nothing new. */
const NEAR = 0x100;

/** Up to about `length` characters, where the expression has loops; it knows nothing of `^`, `$` and `\b`. */
export type Walk = (random: Random, length: number) => string;

/** Null where Assay does not take the expression. */
export function createWalk(source: string): Walk | null {
  const compiled = compileExpression(source);
  if ('error' in compiled) return null;
  const { inst, start } = programOf(compiled.expression.re);
  const toEnd = distances(inst);
  return (random, length) => {
    const read: string[] = [];
    let at = start;
    for (let steps = 0; steps < length * 20 + 50_000; steps++) {
      const one = inst[at]!;
      if (one.op === MATCH || one.op === FAIL) break;
      if (one.op === ALT || one.op === ALT_MATCH) {
        const [first, second] = [toEnd[one.out]!, toEnd[one.arg]!];
        const tired = read.length >= length;
        const far = length > 100 && random.chance(0.97);
        if (tired) at = first <= second ? one.out : one.arg;
        else if (far) at = first >= second ? one.out : one.arg;
        else at = random.chance(0.5) ? one.out : one.arg;
        continue;
      }
      if (one.op >= RUNE!) read.push(String.fromCodePoint(pick(one, random)));
      at = one.out;
    }
    return read.join('');
  };
}

function pick({ op, runes, matchRune, ...one }: Instruction, random: Random): number {
  const takes = (rune: number) => matchRune.call({ op, runes, ...one }, rune);
  if (op === RUNE_ANY || op === RUNE_ANY_NOT_NL) {
    const rune = random.chance(0.8) ? 0x20 + random.below(0x5f) : random.pick(TELLING);
    return op === RUNE_ANY_NOT_NL && rune === 10 ? 0x20 : rune;
  }
  if (runes.length === 1) {
    const folded = random.chance(0.05) ? FOLDED.get(runes[0]!) : undefined;
    if (folded !== undefined && takes(folded)) return folded;
    const cased = String.fromCodePoint(runes[0]!);
    const other = (cased === cased.toLowerCase() ? cased.toUpperCase() : cased.toLowerCase()).codePointAt(0)!;
    return random.chance(0.5) && takes(other) ? other : runes[0]!;
  }
  if (random.chance(0.1)) {
    const telling = random.pick(TELLING);
    if (takes(telling)) return telling;
  }
  const pairs = Array.from(
    { length: runes.length / 2 },
    (_, pair) => [runes[2 * pair]!, runes[2 * pair + 1]!] as const,
  );
  const settled = pairs.filter(([low]) => isSettled(low));
  const [low, high] = random.pick(settled.length > 0 ? settled : pairs);
  if (random.chance(0.2) && isSettled(high)) return random.chance(0.5) ? low : high;
  const rune = low + random.below(Math.min(high - low + 1, NEAR));
  return isSettled(rune) ? rune : low;
}

/** Where no version of Unicode adds characters any more: two engines may know different ones. */
function isSettled(rune: number): boolean {
  return (
    rune < 0x250 ||
    (rune >= 0x391 && rune < 0x530) ||
    (rune >= 0x1e00 && rune < 0x2000) ||
    (rune >= 0x4e00 && rune < 0x9f00) ||
    rune === 0x10ffff
  );
}

/** Steps to the end of the program from each of its instructions. */
function distances(inst: readonly Instruction[]): number[] {
  const before: number[][] = inst.map(() => []);
  inst.forEach(({ op, out, arg }, at) => {
    if (op === FAIL || op === MATCH) return;
    before[out]!.push(at);
    if (op === ALT || op === ALT_MATCH) before[arg]!.push(at);
  });
  const far = inst.map(({ op }) => (op === MATCH ? 0 : Number.POSITIVE_INFINITY));
  const queue = far.flatMap((distance, at) => (distance === 0 ? [at] : []));
  for (const at of queue) {
    for (const from of before[at]!) {
      if (far[from] !== Number.POSITIVE_INFINITY) continue;
      far[from] = far[at]! + 1;
      queue.push(from);
    }
  }
  return far;
}
