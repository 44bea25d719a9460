/** Single statements whose patterns mean more than they say. */
import { EXPRESSIONS, isChainLink, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { COMPREHENSIONS } from '#analyzers/sast/syntax/scopes.ts';
import { ANYTHING, bindNode } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { statementItem } from './blocks.ts';
import { argument } from './calls.ts';
import { buildParts } from './collections.ts';
import { type Compile, distinct, each, MAX_WAYS, type Matcher } from './matcher.ts';
import { type Item, matchSequence, matchUnordered } from './sequence.ts';
import { isEllipsis, metavariable } from './signs.ts';

/** What an expression statement's pattern does not look into: there the code may not run, or not now. */
const CLOSED: ReadonlySet<string> = new Set([...COMPREHENSIONS, 'conditional', 'subscript']);

/** `f(x)` among statements is also `y = f(x)`, `print(f(x))` and `return f(x)`; `$S` is any statement. */
export function buildExpressionStatement(pattern: SyntaxNode, compile: Compile): Matcher {
  const expression = pattern.kids[0]!;
  const name = metavariable(expression);
  if (name !== null) return (node, bindings) => bindNode(bindings, name, node.kind === 'expr' ? node.kids[0]! : node);
  const match = compile(expression);
  return (node, bindings, run) => {
    const value = node.kids[0];
    if ((node.kind !== 'expr' && node.kind !== 'return') || value === undefined) return NO_MATCH;
    if (!run.options.implicit_deep_exprstmt) return match(value, bindings, run);
    const ways: Bindings[] = [];
    for (let i = value.index; i < value.index + value.size && value.index >= 0 && ways.length < MAX_WAYS; i++) {
      const at = run.tree.nodes[i]!;
      if (run.expired()) return NO_MATCH;
      if (EXPRESSIONS.has(at.kind) && !isChainLink(at)) ways.push(...match(at, bindings, run));
      if (node.kind === 'expr' && isClosed(at)) i += at.size - 1;
      else if (at.kind === 'assignment' && at.kids[0]!.kind !== 'name') i += at.kids[0]!.size;
    }
    return distinct(ways);
  };
}

/** A lambda is run by whom it is given to. */
function isClosed(node: SyntaxNode): boolean {
  return CLOSED.has(node.kind) || (node.kind === 'lambda' && node.parent?.kind !== 'arguments');
}

export function buildReturned(pattern: SyntaxNode, compile: Compile): Matcher {
  const value = pattern.kids[0]!;
  return isEllipsis(value) ? ANYTHING : compile(value);
}

/** `return ...` needs no value. */
export function buildReturn(pattern: SyntaxNode, compile: Compile): Matcher {
  const match = buildReturned(pattern, compile);
  return (node, bindings, run) => (node.kind === 'return' ? match(node.kids[0]!, bindings, run) : NO_MATCH);
}

/** `assert P, ...` needs no message, `assert P` allows none, `assert ...` is any. */
export function buildAssert(pattern: SyntaxNode, compile: Compile): Matcher {
  const [tested, message] = pattern.kids as [SyntaxNode, SyntaxNode];
  if (isEllipsis(tested) && message.kind === 'absent') return buildParts(pattern, compile, [0, 1]);
  return buildParts(pattern, compile, isEllipsis(pattern.kids[1]!) ? [1] : []);
}

/** The handlers of the pattern may stand in any order among others; a pattern without any allows all. */
export function buildTry(pattern: SyntaxNode, compile: Compile): Matcher {
  const [body, handlers, otherwise, last] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode, SyntaxNode];
  const items = handlers.kids.map((kid): Item => ({ kind: 'one', match: handler(kid, compile) }));
  const matchHandlers: Matcher =
    items.length === 0 ? ANYTHING : (node, bindings, run) => matchUnordered(items, node.kids, bindings, run, true);
  const parts = [compile(body), matchHandlers, compile(otherwise), compile(last)];
  return (node, bindings, run) => {
    if (node.kind !== 'try') return NO_MATCH;
    let ways: readonly Bindings[] = [bindings];
    for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
    return ways;
  };
}

/** The cases of the pattern may stand in any order among others. */
export function buildMatch(pattern: SyntaxNode, compile: Compile): Matcher {
  const isBody = (kid: SyntaxNode) => kid.kind === 'block';
  const matchSubject = buildParts({ ...pattern, kids: pattern.kids.filter((kid) => !isBody(kid)) }, compile);
  const items = (pattern.kids.find(isBody)?.kids ?? []).map((kid) => statementItem(kid, compile));
  return (node, bindings, run) => {
    const subject = { ...node, kids: node.kids.filter((kid) => !isBody(kid)) };
    const cases = node.kids.find(isBody)?.kids ?? [];
    return each(matchSubject(subject, bindings, run), (way) => matchUnordered(items, cases, way, run, true));
  };
}

/** Without `async` the pattern is for both ways. */
export function buildLoop(pattern: SyntaxNode, compile: Compile): Matcher {
  return inBothWays(pattern, buildParts({ ...pattern, text: '' }, compile, [3]));
}

/** `with $X:` is also `with a as b:`. */
export function buildWith(pattern: SyntaxNode, compile: Compile): Matcher {
  const [opened, alias] = pattern.kids as [SyntaxNode, SyntaxNode];
  const isOpen = alias.kind === 'absent' && (isEllipsis(opened) || metavariable(opened) !== null);
  return inBothWays(pattern, buildParts({ ...pattern, text: '' }, compile, isOpen ? [1] : []));
}

function inBothWays({ kind, text }: SyntaxNode, match: Matcher): Matcher {
  return (node, bindings, run) => {
    if (node.kind !== kind || (text !== '' && node.text !== text)) return NO_MATCH;
    return match(node.text === '' ? node : { ...node, text: '' }, bindings, run);
  };
}

/** `except ...` catches anything in any way. */
function handler(pattern: SyntaxNode, compile: Compile): Matcher {
  const [type, alias, body] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
  const catchesAll = isEllipsis(type);
  const parts = [
    catchesAll ? ANYTHING : caught(type, alias, compile),
    catchesAll ? ANYTHING : compile(alias),
    compile(body),
  ];
  return (node, bindings, run) => {
    let ways: readonly Bindings[] = [bindings];
    for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
    return ways;
  };
}

/** `except A` is `except (A,)`, but `except A as e` is not. */
function caught(pattern: SyntaxNode, alias: SyntaxNode, compile: Compile): Matcher {
  if (pattern.kind === 'absent' || alias.kind !== 'absent') return compile(pattern);
  const types = (node: SyntaxNode) => (node.kind === 'tuple' ? node.kids : [node]);
  const items = types(pattern).map((kid) => argument(kid, compile));
  return (node, bindings, run) =>
    node.kind === 'absent' ? NO_MATCH : matchSequence(items, types(node), bindings, run);
}
