/** A program laid out for running: numbers in arrays, and which sorts of characters each of its steps takes. */
import {
  canRead,
  type Instruction,
  isEmpty,
  isMatch,
  OP,
  type Program,
  reads,
} from '#analyzers/secrets/expression/program.ts';
import { createReaders } from '#analyzers/secrets/expression/readers.ts';
import { type RuneClasses, runeClasses } from './rune-classes.ts';

export interface Steps {
  readonly start: number;
  readonly classes: RuneClasses;
  /** What each step does: FAIL, READ, EITHER, MATCH or EMPTY. */
  readonly kinds: Uint8Array;
  /** Where each goes on. */
  readonly out: Int32Array;
  /** EITHER: where it goes on otherwise. READ: the number of its reader. EMPTY: what has to hold, in the bits of `emptyAt`. */
  readonly arg: Int32Array;
  /** 1 where a reader takes a class: the readers' row for each class, and one for the text's end. */
  readonly takes: Uint8Array;
  readonly readers: number;
}

/** PASS only leads on: there is none once it is laid out. */
export const [FAIL, READ, EITHER, MATCH, EMPTY, PASS] = [0, 1, 2, 3, 4, 5] as const;

export function layOut({ inst, start }: Program): Steps {
  const { readers, readerOf } = createReaders();
  const kinds = new Uint8Array(inst.length);
  const out = new Int32Array(inst.length);
  const arg = new Int32Array(inst.length);
  inst.forEach((one, at) => {
    kinds[at] = kindOf(one);
    out[at] = one.out;
    arg[at] = reads(one) ? readerOf(one) : one.arg;
  });
  const classes = runeClasses([...readers, ...inst.filter(isEmpty)]);
  return tidy({ start, kinds, out, arg, classes, takes: whoTakes(readers, classes), readers: readers.length });
}

/** Without what cannot be reached, and what only leads on. */
export function tidy(steps: Steps): Steps {
  const { kinds, out, arg } = steps;
  const numbers = new Int32Array(kinds.length).fill(-1);
  const reached = new Int32Array(kinds.length);
  let count = 0;
  const numberOf = (to: number): number => {
    let at = to;
    for (let hops = 0; hops < kinds.length && kinds[at] === PASS; hops++) at = out[at]!;
    if (numbers[at] === -1) {
      numbers[at] = count;
      reached[count++] = at;
    }
    return numbers[at]!;
  };
  const start = numberOf(steps.start);
  const tidied = { kinds: new Uint8Array(kinds.length), out: new Int32Array(kinds.length), arg: arg.slice() };
  for (let number = 0; number < count; number++) {
    const at = reached[number]!;
    const kind = kinds[at]!;
    tidied.kinds[number] = kind;
    if (kind === READ || kind === EITHER || kind === EMPTY) tidied.out[number] = numberOf(out[at]!);
    tidied.arg[number] = kind === EITHER ? numberOf(arg[at]!) : arg[at]!;
  }
  return {
    ...steps,
    start,
    kinds: tidied.kinds.slice(0, count),
    out: tidied.out.slice(0, count),
    arg: tidied.arg.slice(0, count),
  };
}

function whoTakes(readers: readonly Instruction[], { count, members }: RuneClasses): Uint8Array {
  const takes = new Uint8Array((count + 1) * readers.length);
  let at = 0;
  for (const rune of members) for (const one of readers) takes[at++] = Number(canRead(one, rune));
  return takes;
}

function kindOf(one: Instruction): number {
  if (reads(one)) return READ;
  if (one.op === OP.alt || one.op === OP.altMatch) return EITHER;
  if (isMatch(one)) return MATCH;
  if (isEmpty(one)) return EMPTY;
  return one.op === OP.fail ? FAIL : PASS;
}
