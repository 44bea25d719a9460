/** What the variables hold at one point of a program: a tree that is shared where nothing changed, so that branches cost what they change. */
import { type Cell, CLEAN, covers, mergeCells, readPath, withField } from './taints.ts';

/** Variables are numbers. Leaves are cells; what is missing is clean. */
export type Environment = readonly (Environment | Cell | undefined)[];

/** A variable, and the attributes and elements that lead from it to the place. */
export interface Lvalue {
  readonly variable: number;
  readonly path: readonly string[];
}

export const EMPTY: Environment = [];

/** Four levels of 32 branches: more than a million variables in one function are not told apart. */
const [BITS, MASK, TOP] = [5, 31, 15];

export function read(environment: Environment, { variable, path }: Lvalue): Cell {
  let at: Environment | undefined = environment;
  for (let shift = TOP; shift > 0 && at !== undefined; shift -= BITS)
    at = at[(variable >> shift) & MASK] as Environment;
  return readPath((at?.[variable & MASK] as Cell | undefined) ?? CLEAN, path);
}

export function write(environment: Environment, { variable, path }: Lvalue, value: Cell): Environment {
  const before = read(environment, { variable, path: [] });
  const after = withField(before, path, value);
  return after === before ? environment : replaced(environment, variable, after, TOP);
}

function replaced(node: Environment, variable: number, cell: Cell, shift: number): Environment {
  const at = (variable >> shift) & MASK;
  const copy = [...node];
  copy[at] =
    shift === 0 ? cell : replaced((node[at] as Environment | undefined) ?? EMPTY, variable, cell, shift - BITS);
  return copy;
}

/** Null is a point that is not reached. */
export function merge(environments: readonly (Environment | null)[]): Environment | null {
  const reached = environments.filter((one) => one !== null);
  return reached.length === 0 ? null : reached.reduce((a, b) => merged(a, b, TOP));
}

function merged(a: Environment, b: Environment, shift: number): Environment {
  if (a === b) return a;
  let result: (Environment | Cell | undefined)[] | null = null;
  for (let i = 0; i < b.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y || y === undefined) continue;
    const both =
      shift === 0
        ? mergeCells((x as Cell | undefined) ?? CLEAN, y as Cell)
        : merged((x as Environment | undefined) ?? EMPTY, y as Environment, shift - BITS);
    if (both === x) continue;
    result ??= [...a];
    result[i] = both;
  }
  return result ?? a;
}

/** True when nothing is tainted in `b` that is not in `a`. */
export function includes(a: Environment, b: Environment, shift = TOP): boolean {
  if (a === b) return true;
  return b.every((y, i) => {
    const x = a[i];
    if (x === y || y === undefined) return true;
    return shift === 0
      ? covers((x as Cell | undefined) ?? CLEAN, y as Cell)
      : includes((x as Environment | undefined) ?? EMPTY, y as Environment, shift - BITS);
  });
}
