/** A program laid out for running: numbers in arrays, and which sorts of characters each of its steps takes. */
import { canRead, type Instruction, isEmpty, isMatch, OP, type Program, reads } from '#analyzers/secrets/program.ts';
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

export const [FAIL, READ, EITHER, MATCH, EMPTY] = [0, 1, 2, 3, 4] as const;

export function layOut({ inst, start }: Program): Steps {
  const { readers, readerOf } = findReaders(inst);
  const classes = runeClasses([...readers, ...inst.filter(isEmpty)]);
  const takes = new Uint8Array((classes.count + 1) * readers.length);
  classes.members.forEach((rune, row) => {
    readers.forEach((one, reader) => {
      takes[row * readers.length + reader] = Number(canRead(one, rune));
    });
  });
  const beyond = createSkipper(inst);
  return {
    start: beyond(start),
    classes,
    kinds: Uint8Array.from(inst, (one) => kindOf(one) ?? FAIL),
    out: Int32Array.from(inst, ({ out }) => beyond(out)),
    arg: Int32Array.from(inst, (one, at) =>
      reads(one) ? readerOf[at]! : kindOf(one) === EITHER ? beyond(one.arg) : one.arg,
    ),
    takes,
    readers: readers.length,
  };
}

/** Null for a step that only leads on. */
function kindOf(one: Instruction): number | null {
  if (reads(one)) return READ;
  if (one.op === OP.alt || one.op === OP.altMatch) return EITHER;
  if (isMatch(one)) return MATCH;
  if (isEmpty(one)) return EMPTY;
  return one.op === OP.fail ? FAIL : null;
}

/** The step that one comes to where nothing is asked on the way. */
function createSkipper(inst: readonly Instruction[]): (at: number) => number {
  return (at) => {
    let to = at;
    for (let hops = 0; hops < inst.length && kindOf(inst[to]!) === null; hops++) to = inst[to]!.out;
    return to;
  };
}

/** Steps that take the same characters share a reader: counted repeats are copies of one step. */
function findReaders(inst: readonly Instruction[]) {
  const readers: Instruction[] = [];
  const readerOf = new Int32Array(inst.length);
  const known = new Map<string, number>();
  const last = new Map<Instruction['runes'], number>();

  function add(one: Instruction): number {
    const key = `${one.op} ${one.arg} ${Array.prototype.join.call(one.runes)}`;
    const reader = known.get(key) ?? readers.push(one) - 1;
    known.set(key, reader);
    last.set(one.runes, reader);
    return reader;
  }

  inst.forEach((one, at) => {
    if (!reads(one)) return;
    const reader = last.get(one.runes);
    const isSame = reader !== undefined && readers[reader]!.op === one.op && readers[reader]!.arg === one.arg;
    readerOf[at] = isSame ? reader : add(one);
  });
  return { readers, readerOf };
}
