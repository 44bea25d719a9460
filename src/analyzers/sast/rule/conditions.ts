/** Conditions on metavariables: what a match must satisfy beyond its shape. */
import { type Bindings, type Bound, lookup } from '#analyzers/sast/pattern/bindings.ts';
import { LITERALS } from '#analyzers/sast/syntax/constants.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { Condition, Formula } from './formula.ts';
import type { Scope } from './scope.ts';

/** False also for a metavariable that stands for nothing. `isFound` answers for patterns within a metavariable. */
export function meets(
  condition: Condition,
  bindings: Bindings,
  scope: Scope,
  isFound: (formula: Formula, scope: Scope) => boolean,
): boolean {
  if (condition.kind === 'comparison') return condition.comparison(bindings, scope.run);
  const bound = lookup(bindings, condition.metavariable);
  if (bound === null) return false;
  if (condition.kind === 'pattern') {
    return isFound(condition.formula, { ...scope, start: bound.start, end: bound.end, bindings });
  }
  const texts = [textOf(bound, scope.run.tree.text)];
  const [node] = bound.nodes;
  const literal = condition.throughConstants && node !== undefined ? scope.run.constants.literal(node) : null;
  if (literal !== null && LITERALS.has(literal.kind))
    texts.push(literal.kind === 'string' ? `"${literal.text}"` : literal.text);
  return texts.some((text) => condition.expression.lookingAt(text));
}

/** The code as written; for a name that an import stands behind, what was imported. */
function textOf(bound: Bound, text: string): string {
  const [node] = bound.nodes;
  if (bound.text !== null) return bound.text;
  if (bound.nodes.length === 1 && node !== undefined && isMadeByImport(node)) return dotted(node);
  return text.slice(bound.start, bound.end);
}

/** Such a node stands where the name stands, and none of the names that it is made of do. */
function isMadeByImport(node: SyntaxNode): boolean {
  return node.kind === 'name' || (node.kind === 'attribute' && node.size === 1);
}

function dotted(node: SyntaxNode): string {
  return node.kind === 'attribute' ? `${dotted(node.kids[0]!)}.${node.kids[1]!.text}` : node.text;
}
