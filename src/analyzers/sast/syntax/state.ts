/** What is known of the names at one point of a program; a branch starts as a thin layer over what was known before it. */
import { either } from './fold.ts';
import type { SyntaxNode } from './node.ts';

export interface State {
  /** Null is known to vary; undefined is not assigned so far. */
  get(name: string): SyntaxNode | null | undefined;
  set(name: string, value: SyntaxNode | null): void;
  /** What was set in this layer. */
  readonly own: ReadonlyMap<string, SyntaxNode | null>;
}

export function createState(below: State | null = null): State {
  const own = new Map<string, SyntaxNode | null>();
  return {
    own,
    get: (name) => (own.has(name) ? own.get(name) : below?.get(name)),
    set: (name, value) => void own.set(name, value),
  };
}

export function forkState(state: State): State {
  return createState(state);
}

/**
 * Brings branches that were forked from `state` back into it; null is a branch whose end is not reached, and false is
 * the answer when none is. A name that one branch leaves alone keeps its former value there, and with `agree` has none
 * of its own to disagree with.
 */
export function mergeStates(
  state: State,
  branches: readonly (State | null)[],
  missing: 'before' | 'agree' = 'before',
): boolean {
  const reached = branches.filter((branch) => branch !== null);
  for (const name of new Set(reached.flatMap((branch) => [...branch.own.keys()]))) {
    const having = missing === 'agree' ? reached.filter((branch) => branch.own.has(name)) : reached;
    const values = having.map((branch) => branch.get(name) ?? null);
    state.set(name, values.reduce(either));
  }
  return reached.length > 0;
}
