/** `and`, `or`, `|`, `&`, `^` however they are nested, and in any order where the order is no matter. */
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { type Bindings, NO_MATCH } from './bindings.ts';
import { buildParts } from './collections.ts';
import { type Compile, distinct, each, MAX_WAYS, type Matcher } from './matcher.ts';
import { type Item, matchSequence, matchUnordered } from './sequence.ts';
import { isEllipsis, metavariable } from './signs.ts';

const COMMUTATIVE: ReadonlySet<string> = new Set(['|', '&', '^']);

export function buildBoolean(pattern: SyntaxNode, compile: Compile): Matcher {
  const operands = flatten(pattern);
  const exact = leftChain(pattern).map((operand): Item => ({ kind: 'one', match: compile(operand) }));
  const inOrder = operands.map((operand): Item => {
    const name = metavariable(operand);
    if (isEllipsis(operand)) return { kind: 'any' };
    return name === null ? { kind: 'one', match: compile(operand) } : { kind: 'many', name, atLeast: 1 };
  });
  const inAnyOrder = unordered(operands, compile);
  return (node, bindings, run) => {
    if (node.kind !== pattern.kind || node.text !== pattern.text) return NO_MATCH;
    if (!run.options.ac_matching) return matchSequence(exact, leftChain(node), bindings, run);
    if (run.options.commutative_boolop) return matchUnordered(inAnyOrder, flatten(node), bindings, run, true);
    return matchSequence(inOrder, flatten(node), bindings, run);
  };
}

export function buildBinary(pattern: SyntaxNode, compile: Compile): Matcher {
  const exact = isOpenChain(pattern) ? buildOpenChain(pattern, compile) : buildParts(pattern, compile);
  if (!COMMUTATIVE.has(pattern.text)) return exact;
  const inAnyOrder = unordered(flatten(pattern), compile);
  return (node, bindings, run) => {
    if (node.kind !== pattern.kind || node.text !== pattern.text) return NO_MATCH;
    if (!run.options.ac_matching) return exact(node, bindings, run);
    // The whole chain has all that a part of it has.
    if (isLink(node)) return NO_MATCH;
    return matchUnordered(inAnyOrder, flatten(node), bindings, run, true);
  };
}

function isOpenChain({ text, kids, parent }: SyntaxNode): boolean {
  return text === '+' && isEllipsis(kids[1]!) && kids[0]!.kind !== 'binary' && parent?.kind !== 'binary';
}

/** `P + ...` is any sum that begins with P, however many terms it has. */
function buildOpenChain(pattern: SyntaxNode, compile: Compile): Matcher {
  const first = compile(pattern.kids[0]!);
  return (node, bindings, run) => {
    const ways: Bindings[] = [];
    for (let at = node; at.kind === 'binary' && at.text === pattern.text; at = at.kids[0]!) {
      ways.push(...first(at.kids[0]!, bindings, run));
      if (ways.length > MAX_WAYS || run.expired()) break;
    }
    return distinct(ways);
  };
}

function isLink({ kind, text, parent }: SyntaxNode): boolean {
  return parent?.kind === kind && parent.text === text;
}

/** `a == b`, and `b == a` where the rule asks for it. */
export function buildComparison(pattern: SyntaxNode, compile: Compile): Matcher {
  const exact = buildParts(pattern, compile);
  if (pattern.kids.length !== 2 || (pattern.text !== '==' && pattern.text !== '!=')) return exact;
  const [left, right] = pattern.kids.map(compile) as [Matcher, Matcher];
  return (node, bindings, run) => {
    const asWritten = exact(node, bindings, run);
    if (!run.options.symmetric_eq || node.kind !== 'comparison' || node.text !== pattern.text) return asWritten;
    const turned: readonly Bindings[] = left(node.kids[1]!, bindings, run);
    return [...asWritten, ...each(turned, (way) => right(node.kids[0]!, way, run))];
  };
}

function unordered(operands: readonly SyntaxNode[], compile: Compile): Item[] {
  return operands.map((operand) => (isEllipsis(operand) ? { kind: 'any' } : { kind: 'one', match: compile(operand) }));
}

/** The operands as they are written without parentheses: `a and b and c`, and not `a and (b and c)`. */
function leftChain(node: SyntaxNode): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  let at = node;
  for (; at.kind === node.kind && at.text === node.text; at = at.kids[0]!) operands.push(at.kids[1]!);
  return [at, ...operands.reverse()];
}

/** The operands of the same operator, from left to right. Works on any depth. */
function flatten(node: SyntaxNode): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  const pending = [node];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at.kind === node.kind && at.text === node.text) pending.push(at.kids[1]!, at.kids[0]!);
    else operands.push(at);
  }
  return operands;
}
