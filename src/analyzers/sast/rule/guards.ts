/** Asks a rule's conditions while its patterns are still being matched: what they refuse is not followed through a whole block. */
import { type Bound, createBindings } from '#analyzers/sast/pattern/bindings.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { findInner, fits } from './conditions.ts';
import type { Condition, Formula } from './formula.ts';
import type { Range, Scope } from './scope.ts';

type Evaluate = (formula: Formula, scope: Scope) => Range[];
type Test = (value: Bound) => boolean;

/** The scope for the only part of a formula that decides what the metavariables stand for. */
export function guardedScope(part: Formula, conditions: readonly Condition[], scope: Scope, evaluate: Evaluate): Scope {
  // Where metavariables stand for something already, they are what is compared with.
  if (scope.bindings.rest !== null || !isLong(part)) return scope;
  const guards = new Map<string, Test>();
  for (const condition of conditions) {
    const test = testOf(condition, scope, evaluate);
    if (test === null || !('metavariable' in condition)) continue;
    const { metavariable } = condition;
    const other = guards.get(metavariable);
    guards.set(metavariable, other === undefined ? test : (value) => other(value) && test(value));
  }
  return guards.size === 0 ? scope : { ...scope, bindings: createBindings(guards) };
}

function isLong(formula: Formula): boolean {
  if (formula.kind === 'any') return formula.of.some(isLong);
  return formula.kind === 'pattern' && formula.pattern.isLong;
}

/** Null where the answer may depend on other metavariables. */
function testOf(condition: Condition, scope: Scope, evaluate: Evaluate): Test | null {
  if (condition.kind === 'regex') {
    return /^\$\d/.test(condition.metavariable) ? null : remembered((bound) => fits(condition, bound, scope));
  }
  if (condition.kind !== 'pattern' || !isPlain(condition.formula)) return null;
  return remembered((bound) => findInner(condition, bound, scope, evaluate).length > 0);
}

/** What such a formula finds when the metavariables are free holds all that it finds when they are bound. */
function isPlain(formula: Formula): boolean {
  return formula.kind === 'any' ? formula.of.every(isPlain) : formula.kind === 'pattern';
}

function remembered(test: Test): Test {
  const known = new Map<SyntaxNode, boolean>();
  return (value) => {
    const [node] = value.nodes;
    if (node === undefined || value.nodes.length > 1 || value.text !== null) return test(value);
    const before = known.get(node);
    if (before !== undefined) return before;
    const answer = test(value);
    known.set(node, answer);
    return answer;
  };
}
