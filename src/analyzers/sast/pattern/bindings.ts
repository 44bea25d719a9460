/** What the metavariables stand for while a pattern is matched: a list that only grows, shared by all that comes after. */
import { isWord, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { sameCode } from '#analyzers/sast/syntax/same-code.ts';

/** `text` is set where a metavariable holds text and no code: inside quotes, or a regular expression's group. */
export interface Bound {
  readonly start: number;
  readonly end: number;
  readonly nodes: readonly SyntaxNode[];
  readonly text: string | null;
  /** True for a word of a text without syntax: where it is written as a number, it is one. */
  readonly isWord?: boolean;
}

/** Two lists with the same entries in the same order are the same object, so that equal ways to match are found out. */
export interface Bindings {
  readonly name: string;
  readonly value: Bound | null;
  readonly rest: Bindings | null;
  next: Map<SyntaxNode | string, Bindings[]> | null;
  readonly guards: Guards | null;
}

/** Say early of what a metavariable may stand for, by its name, that it would be refused in the end. */
export type Guards = ReadonlyMap<string, (value: Bound) => boolean>;

export const NO_MATCH: readonly Bindings[] = [];

export function createBindings(guards: Guards | null = null): Bindings {
  return { name: '', value: null, rest: null, next: null, guards };
}

export function lookup(bindings: Bindings, name: string): Bound | null {
  for (let at: Bindings | null = bindings; at !== null; at = at.rest) if (at.name === name) return at.value;
  return null;
}

/** Null when the metavariable already stands for other code. `$_` stands for anything each time. */
export function bind(bindings: Bindings, name: string, value: Bound): Bindings | null {
  if (name === '$_' || name === '$..._') return bindings;
  const before = lookup(bindings, name);
  if (before !== null) return sameBound(before, value) ? bindings : null;
  const guard = bindings.guards?.get(name);
  if (guard !== undefined && !guard(value)) return null;
  const key = value.nodes.length === 1 ? value.nodes[0]! : `${name} ${value.start} ${value.end} ${value.nodes.length}`;
  bindings.next ??= new Map();
  const known = bindings.next.get(key);
  const found = known?.find((other) => other.name === name && isSame(other.value!, value));
  if (found !== undefined) return found;
  const next: Bindings = { name, value, rest: bindings, next: null, guards: bindings.guards };
  if (known === undefined) bindings.next.set(key, [next]);
  else known.push(next);
  return next;
}

/** False when they disagree on a metavariable. */
export function agree(bindings: Bindings, others: Bindings): boolean {
  for (let at: Bindings | null = others; at !== null && at !== bindings; at = at.rest) {
    const known = at.value === null ? null : lookup(bindings, at.name);
    if (known !== null && !sameBound(known, at.value!)) return false;
  }
  return true;
}

/** Both together, or null when they disagree on a metavariable. */
export function unite(bindings: Bindings, others: Bindings): Bindings | null {
  let united: Bindings | null = bindings;
  for (let at: Bindings | null = others; at !== null && united !== null; at = at.rest) {
    if (at.value !== null) united = bind(united, at.name, at.value);
  }
  return united;
}

export function boundNode(node: SyntaxNode): Bound {
  return { start: node.start, end: node.end, nodes: [node], text: null };
}

/** A run of nodes; an empty one stands at the offset. */
export function boundRun(nodes: readonly SyntaxNode[], at: number): Bound {
  return { start: nodes[0]?.start ?? at, end: nodes.at(-1)?.end ?? at, nodes, text: null };
}

/** As `boundRun` of a part of the list, which is not copied before somebody looks at it: most runs are only tried. */
export function boundPart(list: readonly SyntaxNode[], from: number, to: number, at: number): Bound {
  const [start, end] = from < to ? [list[from]!.start, list[to - 1]!.end] : [at, at];
  return {
    start,
    end,
    get nodes() {
      return list.slice(from, to);
    },
    text: null,
  };
}

/** The code that it stands for as the rule's author would write it; for a name behind an import, what was imported. */
export function boundText(bound: Bound, text: string): string {
  return bound.text ?? text.slice(bound.start, bound.end);
}

function isSame(a: Bound, b: Bound): boolean {
  const isThere = a.start === b.start && a.end === b.end;
  return isThere && a.nodes[0] === b.nodes[0] && a.nodes.length === b.nodes.length && a.text === b.text;
}

function sameBound(a: Bound, b: Bound): boolean {
  if (a === b) return true;
  if (a.text !== null || b.text !== null) return plainText(a) === plainText(b);
  return a.nodes.length === b.nodes.length && a.nodes.every((node, i) => sameCode(node, b.nodes[i]!));
}

function plainText(bound: Bound): string | null {
  const [node] = bound.nodes;
  return bound.text ?? (bound.nodes.length === 1 && node !== undefined && isWord(node) ? node.text : null);
}
