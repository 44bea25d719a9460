/** What the evaluation of a rule works with: ranges of code, and the place in which it looks for them. */
import type { Bindings } from '#analyzers/sast/pattern/bindings.ts';
import type { Found } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { Run } from '#analyzers/sast/pattern/matcher.ts';
import type { NodeIndex } from './node-index.ts';

/** `inside` ranges say where others must lie, and are not found themselves where there are others. */
export interface Range extends Found {
  readonly kind: 'code' | 'text' | 'inside';
}

/** Where the answer is looked for: a whole file, or what a metavariable stands for. */
export interface Scope {
  readonly run: Run;
  readonly index: NodeIndex;
  readonly start: number;
  readonly end: number;
  readonly bindings: Bindings;
  /** Is told when a limit left something out. */
  cut?(): void;
}

/** Limits of the parts and of the whole are told to one listener. */
export function toldOfCuts(scope: Scope, cut: () => void): Scope {
  return { ...scope, run: { ...scope.run, cut }, cut };
}
