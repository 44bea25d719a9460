/** Room to work out an entry of an automaton in: one is worked out at a time, so that a thread needs no more than the largest asks for. */

export interface Scratch {
  /** Of each step: the last time that it was come to, and that it was put into `next`. */
  readonly marks: Int32Array;
  readonly taken: Int32Array;
  readonly next: Int32Array;
  readonly waiting: Int32Array;
  time: number;
}

let widest = make(1 << 10);

/** For a program of so many steps. */
export function scratchFor(steps: number): Scratch {
  if (widest.marks.length < steps) widest = make(2 * steps);
  return widest;
}

/** The mark of a new time; it goes round rather than beyond what the marks can hold. */
export function nextMark(scratch: Scratch): number {
  scratch.time = (scratch.time + 1) | 0;
  return scratch.time;
}

function make(steps: number): Scratch {
  const room = () => new Int32Array(steps);
  return { marks: room(), taken: room(), next: room(), waiting: room(), time: 0 };
}
