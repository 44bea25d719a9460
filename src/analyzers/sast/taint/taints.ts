/** What may have come from a source: sets of taints, and cells that know them for a variable and each of its attributes. */
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';

/** A place that a source was found at, under the label that it gives. */
export interface Origin {
  readonly found: Found;
  readonly label: string;
  /** Unique for a match of a source. */
  readonly key: string;
}

/** Where a taint passed on its way: the variables that it was assigned to, the latest one first. */
export interface Step {
  readonly start: number;
  readonly end: number;
  readonly before: Step | null;
}

export interface Taint {
  readonly origin: Origin;
  readonly steps: Step | null;
}

/** By the key of the origin. */
export type Taints = ReadonlyMap<string, Taint>;

/** An attribute that is not listed is as tainted as the whole. */
export interface Cell {
  readonly own: Taints;
  readonly fields: ReadonlyMap<string, Cell> | null;
}

/** More sources than this for one value are not told apart. */
const MAX_TAINTS = 25;
/** More attributes than this of one variable are not told apart. */
const MAX_FIELDS = 100;

export const NO_TAINTS: Taints = new Map();
export const CLEAN: Cell = { own: NO_TAINTS, fields: null };

export function union(a: Taints, b: Taints): Taints {
  if (a === b || b.size === 0) return a;
  if (a.size === 0) return b;
  let all: Map<string, Taint> | null = null;
  for (const [key, taint] of b) {
    if (a.has(key) || (all ?? a).size >= MAX_TAINTS) continue;
    all ??= new Map(a);
    all.set(key, taint);
  }
  return all ?? a;
}

export function cellOf(own: Taints): Cell {
  return own.size === 0 ? CLEAN : { own, fields: null };
}

/** Of the whole and of everything in it. */
export function allTaints(cell: Cell): Taints {
  if (cell.fields === null) return cell.own;
  let all = cell.own;
  for (const field of cell.fields.values()) all = union(all, allTaints(field));
  return all;
}

export function fieldOf(cell: Cell, name: string): Cell {
  return cell.fields?.get(name) ?? cellOf(cell.own);
}

/** Every element, whatever its index or key: no two of them are told apart. */
export const ELEMENT = '[]';

/** An element may be what any attribute or key is known to hold. */
export function elementOf(cell: Cell): Cell {
  if (cell.fields === null) return cellOf(cell.own);
  const inside = [...cell.fields.values()].reduce(mergeCells);
  return cell.fields.has(ELEMENT) ? inside : mergeCells(inside, cellOf(cell.own));
}

export function withElement(element: Cell): Cell {
  return element === CLEAN ? CLEAN : { own: NO_TAINTS, fields: new Map([[ELEMENT, element]]) };
}

/** What the path leads to. */
export function readPath(cell: Cell, path: readonly string[]): Cell {
  return path.reduce((at, name) => (name === ELEMENT ? elementOf(at) : fieldOf(at, name)), cell);
}

/** The cell with another value where the path leads to; an empty path is the whole. An element replaces all there was. */
export function withField(cell: Cell, path: readonly string[], value: Cell): Cell {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (name === ELEMENT) return withElement(withField(CLEAN, rest, value));
  const fields = new Map(cell.fields);
  if (fields.size >= MAX_FIELDS && !fields.has(name)) return cell;
  fields.set(name, withField(fieldOf(cell, name), rest, value));
  return isClean(cell.own, fields) ? CLEAN : { own: cell.own, fields };
}

export function mergeCells(a: Cell, b: Cell): Cell {
  if (a === b || b === CLEAN) return a;
  if (a === CLEAN) return b;
  const own = union(a.own, b.own);
  if (a.fields === null && b.fields === null) return own === a.own ? a : cellOf(own);
  const names = new Set([...(a.fields?.keys() ?? []), ...(b.fields?.keys() ?? [])]);
  const fields = new Map([...names].map((name) => [name, mergeCells(fieldOf(a, name), fieldOf(b, name))]));
  return { own, fields };
}

/** True when `b` has no taint that `a` does not have in the same place. */
export function covers(a: Cell, b: Cell): boolean {
  if (a === b) return true;
  for (const key of b.own.keys()) if (!a.own.has(key)) return false;
  const names = new Set([...(a.fields?.keys() ?? []), ...(b.fields?.keys() ?? [])]);
  return [...names].every((name) => covers(fieldOf(a, name), fieldOf(b, name)));
}

/** The same taints, which have now been in the place. */
export function passedBy(cell: Cell, { start, end }: { readonly start: number; readonly end: number }): Cell {
  if (cell === CLEAN) return cell;
  const own = new Map<string, Taint>();
  for (const [key, { origin, steps }] of cell.own) {
    own.set(key, { origin, steps: { start, end, before: steps } });
  }
  const fields =
    cell.fields === null ? null : new Map([...cell.fields].map(([name, one]) => [name, passedBy(one, { start, end })]));
  return { own, fields };
}

function isClean(own: Taints, fields: ReadonlyMap<string, Cell>): boolean {
  return own.size === 0 && [...fields.values()].every((field) => field === CLEAN);
}
