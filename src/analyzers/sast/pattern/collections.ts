/** Lists, tuples, sets, dictionaries, and all syntax that is matched part by part. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { ANYTHING } from './atoms.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { argument } from './calls.ts';
import { type Compile, each, type Matcher } from './matcher.ts';
import { matchSequence, matchUnordered } from './sequence.ts';
import { isEllipsis, manyMetavariable } from './signs.ts';

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
  const onlyEllipsis = items.length > 0 && items.every((item) => item.kind === 'any');
  // `{...}` alone may be either.
  const kinds = isUnordered && onlyEllipsis ? ['set', 'dict'] : [kind];
  const spreads = pattern.kids.filter(isSpread).length;
  return (node, bindings, run) => {
    if (!kinds.includes(node.kind)) return NO_MATCH;
    if (!isUnordered) return matchSequence(items, node.kids, bindings, run);
    // Among entries `...` does not reach over `**x`.
    if (!onlyEllipsis && node.kids.filter(isSpread).length !== spreads) return NO_MATCH;
    return matchUnordered(items, node.kids, bindings, run, restAllowed);
  };
}

function isSpread(node: SyntaxNode): boolean {
  return (node.kind === 'doublesplat' || node.kind === 'splat') && !isEllipsis(node) && manyMetavariable(node) === null;
}
