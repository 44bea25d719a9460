/** The different readers among a program's steps: those that take the same characters, as the copies of a counted repeat do, share one. */
import type { Instruction } from './program.ts';

export interface Readers {
  /** One step for each, in the order in which they were asked for. */
  readonly readers: readonly Instruction[];
  /** The number of a step's reader. */
  readerOf(one: Instruction): number;
}

export function createReaders(): Readers {
  const readers: Instruction[] = [];
  const known = new Map<string, number>();
  const last = new Map<Instruction['runes'], number>();

  function add(one: Instruction): number {
    const key = `${one.op} ${one.arg} ${Array.prototype.join.call(one.runes)}`;
    const reader = known.get(key) ?? readers.push(one) - 1;
    known.set(key, reader);
    last.set(one.runes, reader);
    return reader;
  }

  return {
    readers,
    readerOf(one: Instruction): number {
      const reader = last.get(one.runes);
      const isSame = reader !== undefined && readers[reader]!.op === one.op && readers[reader]!.arg === one.arg;
      return isSame ? reader : add(one);
    },
  };
}
