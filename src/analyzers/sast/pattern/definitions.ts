/** Functions and classes: a pattern without a part says nothing about it, and decorators are looked for among others. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { ANYTHING, bindNode } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { classBody } from './blocks.ts';
import { argument } from './calls.ts';
import { buildParts } from './collections.ts';
import { type Compile, each, type Matcher } from './matcher.ts';
import { type Item, matchSequence, matchUnordered } from './sequence.ts';
import { isEllipsis, manyMetavariable, metavariable } from './signs.ts';

export function buildFunction(pattern: SyntaxNode, compile: Compile): Matcher {
  const [name, parameters, returns, body, decorators] = pattern.kids as SyntaxNode[];
  const onlyAsync = pattern.text === 'async';
  const parts = [
    compile(name!),
    compile(parameters!),
    optional(returns!, compile),
    compile(body!),
    decoratorList(decorators!, compile),
  ];
  return (node, bindings, run) => {
    if (node.kind !== 'function' || (onlyAsync && node.text !== 'async')) return NO_MATCH;
    let ways: readonly Bindings[] = [bindings];
    for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
    return ways;
  };
}

export function buildClass(pattern: SyntaxNode, compile: Compile): Matcher {
  const [name, bases, body, decorators] = pattern.kids as SyntaxNode[];
  const parts = [
    compile(name!),
    baseList(bases!, compile),
    classBody(body!, compile),
    decoratorList(decorators!, compile),
  ];
  return (node, bindings, run) => {
    if (node.kind !== 'class') return NO_MATCH;
    let ways: readonly Bindings[] = [bindings];
    for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
    return ways;
  };
}

/** Bases after those of the pattern are no matter; keywords keep their places among them. */
function baseList(pattern: SyntaxNode, compile: Compile): Matcher {
  if (pattern.kids.length === 0) return ANYTHING;
  const items = pattern.kids.map(
    (kid): Item => (kid.kind === 'keyword' ? { kind: 'one', match: compile(kid) } : argument(kid, compile)),
  );
  return (node, bindings, run) => matchSequence(items, node.kids, bindings, run, true);
}

function decoratorList(pattern: SyntaxNode, compile: Compile): Matcher {
  if (pattern.kids.length === 0) return ANYTHING;
  const items = pattern.kids.map((kid): Item => ({ kind: 'one', match: compile(kid) }));
  const inOrder = items.flatMap((item): Item[] => [{ kind: 'any' }, item]);
  return (node, bindings, run) =>
    run.options.decorators_order_matters
      ? matchSequence(inOrder, node.kids, bindings, run, true)
      : matchUnordered(items, node.kids, bindings, run, true);
}

export function buildParameters(pattern: SyntaxNode, compile: Compile): Matcher {
  const items = pattern.kids.map((kid) => parameterItem(kid, compile));
  if (items.length === 1 && items[0]!.kind === 'any') return ANYTHING;
  return (node, bindings, run) => matchSequence(items, node.kids, bindings, run);
}

function parameterItem(pattern: SyntaxNode, compile: Compile): Item {
  if (isEllipsis(pattern)) return { kind: 'any' };
  const many = manyMetavariable(pattern);
  if (many !== null) return { kind: 'many', name: many };
  if (pattern.kind === 'separator') return { kind: 'one', match: buildParts(pattern, compile) };
  const [name, type, value] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
  const parts = [compile(name), optional(type, compile), optional(value, compile)];
  // `*` and `/` are parameters to `$X`.
  const isBare = type.kind === 'absent' && value.kind === 'absent' && pattern.text === '' ? metavariable(name) : null;
  return {
    kind: 'one',
    match: (node, bindings, run) => {
      if (node.kind === 'separator' && isBare) return bindNode(bindings, isBare, node);
      if (node.kind !== 'parameter' || node.text !== pattern.text) return NO_MATCH;
      let ways: readonly Bindings[] = [bindings];
      for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
      return ways;
    },
  };
}

function optional(pattern: SyntaxNode, compile: Compile): Matcher {
  return pattern.kind === 'absent' ? ANYTHING : compile(pattern);
}
