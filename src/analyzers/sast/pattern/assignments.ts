/** Assignments in patterns: with a type or without, to several targets, and of tuples that are taken apart. */
import { isChainLink, isWord, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { ANYTHING } from './atoms.ts';
import { type Bindings, bind, boundRun, NO_MATCH } from './bindings.ts';
import { type Compile, distinct, each, type Matcher, type Run } from './matcher.ts';
import { assignedTest } from './plain-misses.ts';
import { metavariable } from './signs.ts';

/** A type in the code is no matter unless the pattern has one. */
export function buildAssignment(pattern: SyntaxNode, compile: Compile): Matcher {
  const [target, type, value] = pattern.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
  const [matchTarget, matchValue] = [compile(target), compile(value)];
  const matchType = type.kind === 'absent' ? ANYTHING : compile(type);
  const isTyped = type.kind !== 'absent';
  const takesApart = target.kind !== 'tuple';
  const mayMatch = assignedTest(value);

  return (node, bindings, run) => {
    if (node.kind !== 'assignment') return NO_MATCH;
    if (!isTyped && node.kids[1]!.kind !== 'absent' && !run.options.vardef_assign) return NO_MATCH;
    if (node.kids[0]!.kind !== 'tuple' && !mayMatch(node.kids[2]!, run)) return NO_MATCH;
    const typed = matchType(node.kids[1]!, bindings, run);
    return each(typed, (ways) => matchSides(node, ways, run));
  };

  function matchSides(node: SyntaxNode, bindings: Bindings, run: Run): readonly Bindings[] {
    const [left, , right] = node.kids as [SyntaxNode, SyntaxNode, SyntaxNode];
    if (isChainLink(right) && value.kind !== 'assignment') return matchChain(node, bindings, run);
    const both = (a: SyntaxNode, b: SyntaxNode) =>
      each(matchTarget(a, bindings, run), (way) => matchValue(b, way, run));
    const whole = both(left, right);
    const pairs = takesApart && left.kind === 'tuple' ? pairsOf(left, right) : [];
    return pairs.length === 0 ? whole : distinct([...pairs.reverse().flatMap(([a, b]) => both(a, b)), ...whole]);
  }

  /** Of `a = b = 1` the targets are one thing: a metavariable takes them all. */
  function matchChain(node: SyntaxNode, bindings: Bindings, run: Run): readonly Bindings[] {
    const targets: SyntaxNode[] = [];
    let last = node;
    for (let at = node; at === node || isChainLink(at); at = at.kids[2]!) {
      last = at;
      targets.push(at.kids[0]!);
    }
    const name = isWord(target) ? metavariable(target) : null;
    const bound = name === null ? null : bind(bindings, name, boundRun(targets, node.start));
    return bound === null ? NO_MATCH : matchValue(last.kids[2]!, bound, run);
  }
}

/** `(a, (b, c)) = (1, (2, 3))` → a and 1, b and 2, c and 3. */
function pairsOf(left: SyntaxNode, right: SyntaxNode): (readonly [SyntaxNode, SyntaxNode])[] {
  const pairs: (readonly [SyntaxNode, SyntaxNode])[] = [];
  const pending: [SyntaxNode, SyntaxNode][] = [[left, right]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [a, b] = next;
    if (a.kind !== 'tuple' || b.kind !== 'tuple' || a.kids.length !== b.kids.length) continue;
    for (const [i, kid] of a.kids.entries()) {
      pairs.push([kid, b.kids[i]!]);
      pending.push([kid, b.kids[i]!]);
    }
  }
  return pairs;
}
