/** Calls, attributes, arguments and what stands deep within them. */
import { FROM_STAR } from '#analyzers/sast/syntax/imports.ts';
import { EXPRESSIONS, isChainLink, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { typeOf } from '#analyzers/sast/syntax/types.ts';
import { metavariableMatcher, withAliases } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { type Compile, distinct, each, MAX_WAYS, type Matcher } from './matcher.ts';
import { typedMetavariableOf } from './pattern-text.ts';
import { argumentsTest } from './plain-misses.ts';
import { type Item, keywordsFirst, matchSequence } from './sequence.ts';
import { isEllipsis, manyMetavariable, metavariable } from './signs.ts';

/** `a.b`, and `a. ... .b` for any chain of attributes and calls between the two. */
export function buildAttribute(pattern: SyntaxNode, compile: Compile): Matcher {
  const [object, name] = pattern.kids as [SyntaxNode, SyntaxNode];
  if (isEllipsis(name)) return buildOpenChain(object, compile);
  const matchName = compile(name);
  if (object.kind === 'attribute' && isEllipsis(object.kids[1]!)) {
    const matchStart = compile(object.kids[0]!);
    return (node, bindings, run) => {
      if (node.kind !== 'attribute') return NO_MATCH;
      return each(matchName(node.kids[1]!, bindings, run), (named) =>
        distinct(chain(node.kids[0]!).flatMap((start) => matchStart(start, named, run))),
      );
    };
  }
  const plain = compile(object);
  const isAnyName = metavariable(name) !== null;
  // `$M.load` also asks what module an imported name stands for.
  const matchObject = metavariable(object) === null ? plain : withAliases(plain);
  return withAliases((node, bindings, run) => {
    if (node.kind !== 'attribute' || (isAnyName && node.text === FROM_STAR)) return NO_MATCH;
    const named = matchName(node.kids[1]!, bindings, run);
    return each(named, (ways) => matchObject(node.kids[0]!, ways, run));
  });
}

/** `a. ...` is any chain of attributes and calls that begins with it. */
function buildOpenChain(object: SyntaxNode, compile: Compile): Matcher {
  const match = compile(object);
  return (node, bindings, run) => {
    const starts = chain(node);
    if (starts.length < 2) return NO_MATCH;
    return distinct(starts.flatMap((start) => match(start, bindings, run)));
  };
}

/** `a.b(c).d` → itself, `a.b(c)` without its last link, and so on down to `a`. */
function chain(node: SyntaxNode): SyntaxNode[] {
  const starts = [node];
  for (let at: SyntaxNode | undefined = node; at !== undefined; ) {
    const link: SyntaxNode | undefined = at.kind === 'call' ? at.kids[0] : at;
    at = link?.kind === 'attribute' ? link.kids[0] : undefined;
    if (at !== undefined) starts.push(at);
  }
  return starts;
}

export function buildCall(pattern: SyntaxNode, compile: Compile): Matcher {
  const matchCallee = compile(pattern.kids[0]!);
  const matchArguments = compile(pattern.kids[1]!);
  const mayMatch = argumentsTest(pattern.kids[1]!);
  return (node, bindings, run) => {
    if (node.kind !== 'call' || !mayMatch(node.kids[1]!)) return NO_MATCH;
    const called = matchCallee(node.kids[0]!, bindings, run);
    return each(called, (ways) => matchArguments(node.kids[1]!, ways, run));
  };
}

/** Positional arguments keep their order, keyword arguments have none. */
export function buildArguments(pattern: SyntaxNode, compile: Compile): Matcher {
  const items = keywordsFirst(pattern.kids.map((kid) => argument(kid, compile)));
  if (items.length === 1 && items[0]!.kind === 'any') return (_, bindings) => [bindings];
  return (node, bindings, run) => matchSequence(items, node.kids, bindings, run);
}

export function argument(pattern: SyntaxNode, compile: Compile): Item {
  if (isEllipsis(pattern)) return { kind: 'any' };
  const name = manyMetavariable(pattern);
  if (name !== null) return { kind: 'many', name };
  if (pattern.kind === 'keyword') {
    const typed = typedMetavariableOf(pattern.kids[0]!.text);
    if (typed !== null) return { kind: 'one', match: typedMetavariable(typed, pattern.kids[1]!, compile) };
    const isAnyName = metavariable(pattern.kids[0]!) !== null;
    return { kind: 'keyword', name: isAnyName ? null : pattern.kids[0]!.text, match: compile(pattern) };
  }
  return { kind: 'one', match: compile(pattern) };
}

/** `$X: T`, where it is plain to see that the argument is of this type. */
function typedMetavariable(name: string, type: SyntaxNode, compile: Compile): Matcher {
  const match = metavariableMatcher(name);
  if (metavariable(type) !== null) return match;
  const matchType = compile(type);
  return (node, bindings, run) => {
    const found = typeOf(run.tree, node);
    if (found === null) return NO_MATCH;
    const ways = match(node, bindings, run);
    if ('builtin' in found) return type.text === found.builtin ? ways : NO_MATCH;
    return each(ways, (way) => matchType(found.annotation, way, run));
  };
}

/** `k=P` and `$K=P`. */
export function buildKeyword(pattern: SyntaxNode, compile: Compile): Matcher {
  const matchName = compile(pattern.kids[0]!);
  const matchValue = compile(pattern.kids[1]!);
  return (node, bindings, run) => {
    if (node.kind !== 'keyword') return NO_MATCH;
    return each(matchName(node.kids[0]!, bindings, run), (ways) => matchValue(node.kids[1]!, ways, run));
  };
}

/** `<... P ...>`: the expression or any expression within it. */
export function buildDeep(pattern: SyntaxNode, compile: Compile): Matcher {
  const match = compile(pattern);
  return (node, bindings, run) => {
    if (!EXPRESSIONS.has(node.kind) && node.kind !== 'splat' && node.kind !== 'doublesplat') return NO_MATCH;
    if (!run.options.go_deeper_expr) return match(node, bindings, run);
    const ways: Bindings[] = [];
    for (let i = node.index; i < node.index + node.size && ways.length < MAX_WAYS && !run.expired(); i++) {
      const at = run.tree.nodes[i]!;
      if (EXPRESSIONS.has(at.kind) && (at === node || !isChainLink(at))) ways.push(...match(at, bindings, run));
    }
    return distinct(ways);
  };
}
