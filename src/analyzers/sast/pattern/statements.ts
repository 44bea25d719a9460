/** Single statements whose patterns mean more than they say. */
import { EXPRESSIONS, isChainLink, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { COMPREHENSIONS } from '#analyzers/sast/syntax/scopes.ts';
import { ANYTHING, bindNode } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { buildParts } from './collections.ts';
import { type Compile, distinct, each, MAX_WAYS, type Matcher } from './matcher.ts';
import { type Item, matchSequence } from './sequence.ts';
import { isEllipsis, metavariable } from './signs.ts';

/** What an expression statement's pattern does not look into: there the code may not run, or not now. */
const CLOSED: ReadonlySet<string> = new Set([...COMPREHENSIONS, 'lambda', 'conditional', 'subscript']);

/** `f(x)` among statements is also `y = f(x)`, `print(f(x))` and `return f(x)`; `$S` is any statement. */
export function buildExpressionStatement(pattern: SyntaxNode, compile: Compile): Matcher {
  const expression = pattern.kids[0]!;
  const name = metavariable(expression);
  if (name !== null) return (node, bindings) => bindNode(bindings, name, node.kind === 'expr' ? node.kids[0]! : node);
  const match = compile(expression);
  return (node, bindings, run) => {
    const value = node.kids[0];
    if ((node.kind !== 'expr' && node.kind !== 'return') || value === undefined) return NO_MATCH;
    const ways: Bindings[] = [];
    for (let i = value.index; i < value.index + value.size && value.index >= 0 && ways.length < MAX_WAYS; i++) {
      const at = run.tree.nodes[i]!;
      if (run.expired()) return NO_MATCH;
      if (EXPRESSIONS.has(at.kind) && !isChainLink(at)) ways.push(...match(at, bindings, run));
      if (CLOSED.has(at.kind)) i += at.size - 1;
      else if (at.kind === 'assignment' && at.kids[0]!.kind !== 'name') i += at.kids[0]!.size;
    }
    return distinct(ways);
  };
}

/** `return ...` needs no value. */
export function buildReturn(pattern: SyntaxNode, compile: Compile): Matcher {
  const value = pattern.kids[0]!;
  const match = isEllipsis(value) ? ANYTHING : compile(value);
  return (node, bindings, run) => (node.kind === 'return' ? match(node.kids[0]!, bindings, run) : NO_MATCH);
}

/** `assert P, ...` needs no message, `assert P` allows none. */
export function buildAssert(pattern: SyntaxNode, compile: Compile): Matcher {
  return buildParts(pattern, compile, isEllipsis(pattern.kids[1]!) ? [1] : []);
}

/** Handlers after those of the pattern are no matter; a pattern without any allows all. */
export function buildTry(pattern: SyntaxNode, compile: Compile): Matcher {
  const [body, handlers, otherwise, last] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
  const items = handlers.kids.map((kid): Item => ({ kind: 'one', match: handler(kid, compile) }));
  const matchHandlers: Matcher =
    items.length === 0 ? ANYTHING : (node, bindings, run) => matchSequence(items, node.kids, bindings, run, true);
  const parts = [compile(body), matchHandlers, compile(otherwise), compile(last)];
  return (node, bindings, run) => {
    if (node.kind !== 'try') return NO_MATCH;
    let ways: readonly Bindings[] = [bindings];
    for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
    return ways;
  };
}

/** `except ...` catches anything in any way. */
function handler(pattern: SyntaxNode, compile: Compile): Matcher {
  const [type, alias, body] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
  const catchesAll = isEllipsis(type);
  const parts = [catchesAll ? ANYTHING : compile(type), catchesAll ? ANYTHING : compile(alias), compile(body)];
  return (node, bindings, run) => {
    let ways: readonly Bindings[] = [bindings];
    for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
    return ways;
  };
}
