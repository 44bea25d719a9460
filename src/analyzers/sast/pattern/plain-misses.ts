/** What is plain to see before anything is matched: most calls have other arguments than a pattern asks for. */
import { isChainLink, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { Run } from './matcher.ts';
import { typedMetavariableOf } from './pattern-text.ts';
import { deepPattern, isEllipsis, manyMetavariable, metavariable } from './signs.ts';

/** False for arguments that the pattern's cannot match: too few, too many, or without a keyword that it names. */
export function argumentsTest({ kids }: SyntaxNode): (args: SyntaxNode) => boolean {
  const single = kids.filter((kid) => !isEllipsis(kid) && manyMetavariable(kid) === null);
  const isExact = single.length === kids.length;
  const keywords = single.filter(({ kind, kids: [name] }) => kind === 'keyword' && isPlain(name!));
  const names = keywords.map(({ kids: [name] }) => name!.text);
  const anyKeyword = single.some(({ kind, kids: [name] }) => kind === 'keyword' && metavariable(name!) !== null);
  return (args) => {
    const { length } = args.kids;
    if (isExact ? length !== single.length : length < single.length) return false;
    if (anyKeyword && !args.kids.some(({ kind }) => kind === 'keyword')) return false;
    return names.every((name) => args.kids.some((kid) => kid.kind === 'keyword' && kid.kids[0]!.text === name));
  };
}

/** False for an assigned value that the pattern's cannot match. */
export function assignedTest(value: SyntaxNode): (assigned: SyntaxNode, run: Run) => boolean {
  const test = valueTest(value);
  return (assigned, run) => run.options.symbolic_propagation || isChainLink(assigned) || test(assigned, run);
}

function valueTest(value: SyntaxNode): (assigned: SyntaxNode, run: Run) => boolean {
  if (value.kind === 'string') return (assigned, run) => run.constants.literal(assigned) !== null;
  if (value.kind !== 'call' || deepPattern(value) !== null) return () => true;
  const test = argumentsTest(value.kids[1]!);
  return ({ kind, kids }) => kind === 'call' && test(kids[1]!);
}

function isPlain(name: SyntaxNode): boolean {
  return metavariable(name) === null && typedMetavariableOf(name.text) === null;
}
