/** Conditions on metavariables: what a match must satisfy beyond its shape. */
import { type Bindings, type Bound, lookup, unite } from '#analyzers/sast/pattern/bindings.ts';
import { LITERALS } from '#analyzers/sast/syntax/fold.ts';
import { isWord, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { Condition, Formula } from './formula.ts';
import { openNested } from './nested.ts';
import type { Range, Scope } from './scope.ts';

type Cheap = Exclude<Condition, { formula: Formula }>;
type Costly = Extract<Condition, { formula: Formula }>;
type Evaluate = (formula: Formula, scope: Scope) => Range[];

/** More ways than this to bind the metavariables of inner patterns are not told apart. */
const MAX_INNER_WAYS = 100;

export function isCheap(condition: Condition): condition is Cheap {
  return !('formula' in condition);
}

/** False also for a metavariable that stands for nothing. */
export function meets(condition: Cheap, bindings: Bindings, scope: Scope): boolean {
  if (condition.kind === 'comparison') return condition.comparison(bindings, scope.run);
  // Semgrep lets messages show a regular expression's numbered groups, and conditions see the named ones only.
  if (/^\$\d/.test(condition.metavariable)) return false;
  const bound = lookup(bindings, condition.metavariable);
  if (bound === null) return false;
  if (condition.kind === 'type') {
    const [node] = bound.nodes;
    return node !== undefined && bound.text === null && condition.tests.some((test) => test(node, bindings, scope.run));
  }
  if (condition.kind === 'analysis') return condition.isMet(stripQuotes(textOf(bound, scope.run.tree.text)));
  return fits(condition, bound, scope);
}

/** Whether the expression matches at the beginning of what the metavariable stands for. */
export function fits(condition: Condition & { kind: 'regex' }, bound: Bound, scope: Scope): boolean {
  return condition.expression.lookingAt(valueText(bound, condition.throughConstants, scope), scope.cut);
}

/**
 * What the metavariables of inner patterns stand for besides, one entry for each way; empty where a condition fails. An
 * inner pattern's metavariables are seen by messages and focus, and not by other conditions.
 */
export function bindInner(
  conditions: readonly Costly[],
  bindings: Bindings,
  scope: Scope,
  evaluate: Evaluate,
): readonly Bindings[] {
  let ways: readonly Bindings[] = [bindings];
  for (const condition of conditions) {
    const bound = lookup(bindings, condition.metavariable);
    const found = bound === null ? [] : findInner(condition, bound, { ...scope, bindings }, evaluate);
    if (found.length === 0 || scope.run.expired()) return [];
    const next = ways.flatMap((way) =>
      found.map(({ bindings: inner }) => unite(way, inner) ?? unite(bindings, inner) ?? way),
    );
    ways = [...new Set(next)];
    if (ways.length > MAX_INNER_WAYS) scope.cut?.();
    ways = ways.slice(0, MAX_INNER_WAYS);
  }
  return ways;
}

/** What the inner patterns find in what the metavariable stands for. */
export function findInner(condition: Costly, bound: Bound, scope: Scope, evaluate: Evaluate): readonly Range[] {
  const nested = openNested(condition, bound, scope);
  if (nested === null) return [];
  const { bindings } = scope;
  if (nested === 'here') return evaluate(condition.formula, { ...scope, start: bound.start, end: bound.end });
  return evaluate(condition.formula, { ...nested.scope, bindings }).map((range) => nested.placed(range, bindings));
}

/** The code as written, or with `throughConstants` the value that it comes to, without quotes. */
function valueText(bound: Bound, throughConstants: boolean, { run }: Scope): string {
  const [node] = bound.nodes;
  const literal = throughConstants && node !== undefined ? run.constants.literal(node) : null;
  return literal !== null && LITERALS.has(literal.kind) ? literal.text : textOf(bound, run.tree.text);
}

/** The code as written; for a name that an import stands behind, what was imported. */
function textOf(bound: Bound, text: string): string {
  const [node] = bound.nodes;
  if (bound.text === null && bound.nodes.length === 1 && node !== undefined && isMadeByImport(node))
    return dotted(node);
  return bound.text ?? text.slice(bound.start, bound.end);
}

/** Such a node stands where the name stands, and none of the names that it is made of do. */
function isMadeByImport(node: SyntaxNode): boolean {
  return isWord(node) || (node.kind === 'attribute' && node.size === 1);
}

function dotted(node: SyntaxNode): string {
  return node.kind === 'attribute' ? `${dotted(node.kids[0]!)}.${node.kids[1]!.text}` : node.text;
}

function stripQuotes(text: string): string {
  return /^(["'])([\s\S]*)\1$/.exec(text)?.[2] ?? text;
}
