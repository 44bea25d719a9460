/** Moves taints from one part of a propagator's match to another, whichever of them comes first. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { Propagator } from './taint-rule.ts';
import { NO_TAINTS, type Taint, type Taints } from './taints.ts';

export interface Propagation {
  /**
   * What is to be added to a variable that was passed before, which only what was worked out `early` can be; null for
   * none.
   */
  leaveFrom(
    propagator: Propagator,
    key: string,
    taints: Taints,
    early: boolean,
  ): { node: SyntaxNode; taints: Taints } | null;
  leaveTo(propagator: Propagator, key: string, node: SyntaxNode): Taints;
}

export function createPropagation(): Propagation {
  const waiting = new Map<string, Taints>();
  const passed = new Map<string, SyntaxNode>();
  return {
    leaveFrom(propagator, key, taints, early) {
      const arriving = relabel(propagator, taints);
      waiting.set(key, arriving);
      const node = passed.get(key);
      return !early || node === undefined || arriving.size === 0 || !propagator.sideEffect
        ? null
        : { node, taints: arriving };
    },
    leaveTo(_, key, node) {
      passed.set(key, node);
      const taints = waiting.get(key) ?? NO_TAINTS;
      waiting.delete(key);
      return taints;
    },
  };
}

function relabel({ requires, label, replaces }: Propagator, taints: Taints): Taints {
  const labels = new Set([...taints.values()].map(({ origin }) => origin.label));
  if (taints.size === 0 || (requires !== null && !requires((name) => labels.has(name)))) return NO_TAINTS;
  if (label === null) return taints;
  const relabelled = new Map<string, Taint>();
  for (const [key, taint] of taints) {
    if (replaces !== null && !replaces.includes(taint.origin.label)) relabelled.set(key, taint);
    else {
      const origin = { ...taint.origin, label, key: `${key} ${label}` };
      relabelled.set(origin.key, { ...taint, origin });
    }
  }
  return relabelled;
}
