/** The states of an automaton in one array of numbers: each has its row of next states, and behind it the steps it stands for. */

/** Tells by how many numbers (of 4 bytes) what is held has grown. */
export type OnGrow = (numbers: number) => void;

export interface States {
  /** A state is the offset of its row. Columns that are not made are UNKNOWN. Another array after `add`. */
  readonly cells: Int32Array;
  kindOf(state: number): number;
  /** How many steps a state has; they stand in `cells` from `stepsAt` on. */
  sizeOf(state: number): number;
  stepsAt(state: number): number;
  /** The state of these steps, made where there is none. Where it has no room any more all others are dropped before. */
  add(steps: Int32Array, size: number, kind: number): number;
  /** Grows with each time that all states were dropped. */
  readonly age: number;
}

export const UNKNOWN = -1;
/** The state without steps. */
export const DEAD = 0;

const FIRST_CELLS = 1 << 10;
const FIRST_SLOTS = 1 << 4;
/** What a state has between its row and its steps: the kind, and how many steps. */
const HEADER = 2;

/** More than `maxCells` is taken only by a state that is larger by itself. */
export function createStates(width: number, maxCells: number, onGrow: OnGrow): States {
  let cells = new Int32Array(FIRST_CELLS);
  /** By their hash; 0 is free. */
  let slots = new Int32Array(FIRST_SLOTS);
  let used = 1;
  let count = 0;
  let age = 0;
  onGrow(FIRST_CELLS + FIRST_SLOTS);

  function slotOf(steps: Int32Array, from: number, size: number, kind: number): number {
    const mask = slots.length - 1;
    let slot = hashOf(steps, from, size, kind) & mask;
    while (slots[slot] !== 0 && !isAt(slots[slot]!, steps, from, size, kind)) slot = (slot + 1) & mask;
    return slot;
  }

  function isAt(state: number, steps: Int32Array, from: number, size: number, kind: number): boolean {
    const header = state + width;
    if (cells[header] !== kind || cells[header + 1] !== size) return false;
    for (let index = 0; index < size; index++) if (cells[header + HEADER + index] !== steps[from + index]) return false;
    return true;
  }

  function makeRoom(needed: number): void {
    if (used + needed > maxCells && count > 0) {
      used = 1;
      count = 0;
      age++;
      slots.fill(0);
    }
    if (used + needed > cells.length) {
      const grown = new Int32Array(Math.max(used + needed, Math.min(2 * cells.length, maxCells)));
      grown.set(cells);
      onGrow(grown.length - cells.length);
      cells = grown;
    }
    if (2 * count < slots.length) return;
    const before = slots;
    slots = new Int32Array(2 * before.length);
    onGrow(slots.length - before.length);
    for (const state of before) {
      if (state === 0) continue;
      const header = state + width;
      slots[slotOf(cells, header + HEADER, cells[header + 1]!, cells[header]!)] = state;
    }
  }

  return {
    get cells() {
      return cells;
    },
    get age() {
      return age;
    },
    kindOf: (state) => cells[state + width]!,
    sizeOf: (state) => cells[state + width + 1]!,
    stepsAt: (state) => state + width + HEADER,
    add(steps, size, kind) {
      if (size === 0) return DEAD;
      const known = slots[slotOf(steps, 0, size, kind)]!;
      if (known !== 0) return known;
      makeRoom(width + HEADER + size);
      const state = used;
      const header = state + width;
      cells.fill(UNKNOWN, state, header);
      cells[header] = kind;
      cells[header + 1] = size;
      for (let index = 0; index < size; index++) cells[header + HEADER + index] = steps[index]!;
      used = header + HEADER + size;
      count++;
      slots[slotOf(steps, 0, size, kind)] = state;
      return state;
    },
  };
}

function hashOf(steps: Int32Array, from: number, size: number, kind: number): number {
  let hash = kind;
  for (let index = 0; index < size; index++) hash = Math.imul(hash ^ steps[from + index]!, 0x01000193) ^ (hash >>> 15);
  return hash ^ (hash >>> 16);
}
