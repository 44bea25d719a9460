/** What the names of one function are worth at one point of it; a branch starts as a thin layer over what was known before it. */
import { either } from './fold.ts';
import type { SyntaxNode } from './node.ts';

export interface State {
  /** A literal, or any other expression that the name was last assigned; null is not known. */
  get(name: string): SyntaxNode | null;
  set(name: string, value: SyntaxNode | null): void;
  /** Forgets everything, also what was known below. */
  clear(): void;
  /** What was set in this layer. */
  readonly own: ReadonlyMap<string, SyntaxNode | null>;
  readonly isCleared: () => boolean;
}

export function createState(below: State | null = null): State {
  const own = new Map<string, SyntaxNode | null>();
  let cleared = below === null;
  return {
    own,
    isCleared: () => cleared,
    get: (name) => (own.has(name) ? own.get(name)! : cleared ? null : below!.get(name)),
    set: (name, value) => void own.set(name, value),
    clear() {
      own.clear();
      cleared = true;
    },
  };
}

/** Brings branches that were forked from `state` back into it; null is a branch whose end is not reached. False when none is. */
export function mergeStates(state: State, branches: readonly (State | null)[]): boolean {
  const reached = branches.filter((branch) => branch !== null);
  const names = new Set(reached.flatMap((branch) => [...branch.own.keys()]));
  const merged = [...names].map(
    (name) => [name, reached.map((branch) => branch.get(name)).reduce((a, b) => either(a, b))] as const,
  );
  if (reached.some((branch) => branch.isCleared())) state.clear();
  for (const [name, value] of merged) state.set(name, value);
  return reached.length > 0;
}
