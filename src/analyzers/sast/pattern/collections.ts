/** Lists, tuples, sets, dictionaries, assignments, and all syntax that is matched part by part. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { ANYTHING } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { argument } from './calls.ts';
import { type Compile, distinct, each, type Matcher } from './matcher.ts';
import { matchSequence, matchUnordered } from './sequence.ts';
import { isEllipsis } from './signs.ts';

/** The same kind of syntax, the same operator, and part for part the same; `optional` parts may be missing in the pattern. */
export function buildParts(pattern: SyntaxNode, compile: Compile, optional: readonly number[] = []): Matcher {
  const { kind, text } = pattern;
  const says = (kid: SyntaxNode) => kid.kind !== 'absent' && !isEllipsis(kid);
  const parts = pattern.kids.map((kid, i) => (optional.includes(i) && !says(kid) ? ANYTHING : compile(kid)));
  return (node, bindings, run) => {
    if (node.kind !== kind || node.text !== text || node.kids.length !== parts.length) return NO_MATCH;
    let ways: readonly Bindings[] = [bindings];
    for (const [i, part] of parts.entries()) ways = each(ways, (way) => part(node.kids[i]!, way, run));
    return ways;
  };
}

export function buildCollection(pattern: SyntaxNode, compile: Compile): Matcher {
  const { kind } = pattern;
  const items = pattern.kids.map((kid) => argument(kid, compile));
  const isUnordered = !['list', 'tuple', 'delete'].includes(kind);
  const restAllowed = kind === 'global' || kind === 'nonlocal';
  // `{...}` alone may be either.
  const kinds =
    isUnordered && items.every((item) => item.kind === 'any') && items.length > 0 ? ['set', 'dict'] : [kind];
  return (node, bindings, run) => {
    if (!kinds.includes(node.kind)) return NO_MATCH;
    if (isUnordered) return matchUnordered(items, node.kids, bindings, run, restAllowed);
    return matchSequence(items, node.kids, bindings, run);
  };
}

/** `a = b = 1` assigns to `a` and to `b`; a type in the code is no matter unless the pattern has one. */
export function buildAssignment(pattern: SyntaxNode, compile: Compile): Matcher {
  const [target, type, value] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
  const [matchTarget, matchValue] = [compile(target), compile(value)];
  const matchType = type.kind === 'absent' ? ANYTHING : compile(type);
  return (node, bindings, run) => {
    if (node.kind !== 'assignment') return NO_MATCH;
    const targets: SyntaxNode[] = [];
    let last: SyntaxNode = node;
    for (let at: SyntaxNode | undefined = node; at?.kind === 'assignment'; at = at.kids[2]) {
      last = at;
      targets.push(at.kids[0]!);
    }
    const inner = value.kind === 'assignment' ? node.kids[2]! : last.kids[2]!;
    const assigned = value.kind === 'assignment' ? targets.slice(0, 1) : targets;
    const typed = matchType(node.kids[1]!, bindings, run);
    return each(typed, (ways) =>
      distinct(assigned.flatMap((at) => each(matchTarget(at, ways, run), (way) => matchValue(inner, way, run)))),
    );
  };
}
