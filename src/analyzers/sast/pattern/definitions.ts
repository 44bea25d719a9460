/** Functions and classes: a pattern without a part says nothing about it, and decorators are looked for among others. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { ANYTHING } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { classBody } from './blocks.ts';
import { argument } from './calls.ts';
import { type Compile, each, type Matcher } from './matcher.ts';
import { type Item, matchSequence, matchUnordered } from './sequence.ts';
import { isEllipsis, manyMetavariable } from './signs.ts';

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

/** Bases after those of the pattern are no matter. */
function baseList(pattern: SyntaxNode, compile: Compile): Matcher {
  if (pattern.kids.length === 0) return ANYTHING;
  const items = pattern.kids.map((kid) => argument(kid, compile));
  return (node, bindings, run) => matchSequence(items, node.kids, bindings, run, true);
}

function decoratorList(pattern: SyntaxNode, compile: Compile): Matcher {
  if (pattern.kids.length === 0) return ANYTHING;
  const items = pattern.kids.map((kid): Item => ({ kind: 'one', match: decorator(kid, compile) }));
  return (node, bindings, run) => matchUnordered(items, node.kids, bindings, run, true);
}

/** `@app.task(...)` is also `@app.task`. */
function decorator(pattern: SyntaxNode, compile: Compile): Matcher {
  const match = compile(pattern);
  const args = pattern.kind === 'call' ? pattern.kids[1]!.kids : [];
  if (args.length !== 1 || !isEllipsis(args[0]!)) return match;
  const matchCallee = compile(pattern.kids[0]!);
  return (node, bindings, run) => {
    const ways = match(node, bindings, run);
    return ways.length > 0 ? ways : matchCallee(node, bindings, run);
  };
}

export function buildParameters(pattern: SyntaxNode, compile: Compile): Matcher {
  const items = pattern.kids.filter((kid) => kid.kind !== 'separator').map((kid) => parameterItem(kid, compile));
  if (items.length === 1 && items[0]!.kind === 'any') return ANYTHING;
  return (node, bindings, run) => {
    const parameters = node.kids.filter((kid) => kid.kind !== 'separator');
    return matchSequence(items, parameters, bindings, run);
  };
}

function parameterItem(pattern: SyntaxNode, compile: Compile): Item {
  if (isEllipsis(pattern)) return { kind: 'any' };
  const many = manyMetavariable(pattern);
  if (many !== null) return { kind: 'many', name: many };
  const [name, type, value] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
  const parts = [compile(name), optional(type, compile), optional(value, compile)];
  return {
    kind: 'one',
    match: (node, bindings, run) => {
      if (node.text !== pattern.text) return NO_MATCH;
      let ways: readonly Bindings[] = [bindings];
      for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
      return ways;
    },
  };
}

function optional(pattern: SyntaxNode, compile: Compile): Matcher {
  return pattern.kind === 'absent' ? ANYTHING : compile(pattern);
}
