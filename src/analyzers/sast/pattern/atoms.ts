/** The smallest patterns: a metavariable, `...`, a name, nothing. */
import { LITERALS } from '#analyzers/sast/syntax/fold.ts';
import { EXPRESSIONS, isWord, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { type Bindings, type Bound, bind, boundNode, lookup, NO_MATCH } from './bindings.ts';
import type { Matcher, Run } from './matcher.ts';

export const ABSENT_MATCHER: Matcher = (node, bindings) => (node.kind === 'absent' ? [bindings] : NO_MATCH);

/** A pattern's part that says nothing, where the code may have something. */
export const ANYTHING: Matcher = (_, bindings) => [bindings];

const STANDS_FOR_CODE: ReadonlySet<string> = new Set([
  ...EXPRESSIONS,
  ...['word', 'splat', 'doublesplat', 'dotted', 'parameter'],
]);

export const anyExpression: Matcher = (node, bindings) =>
  node.kind !== 'absent' && node.kind !== 'keyword' && node.kind !== 'slice' ? [bindings] : NO_MATCH;

export function metavariableMatcher(name: string): Matcher {
  return (node, bindings, run) => {
    if (!STANDS_FOR_CODE.has(node.kind)) return NO_MATCH;
    const ways = bindNode(bindings, name, node);
    return ways.length === 0 && isWorth(lookup(bindings, name), node, run) ? [bindings] : ways;
  };
}

/** A name and the literal that it is worth are the same; two names that are worth the same are not. */
function isWorth(bound: Bound | null, node: SyntaxNode, { constants }: Run): boolean {
  const [known] = bound?.nodes ?? [];
  if (known === undefined || bound?.text !== null || LITERALS.has(known.kind) === LITERALS.has(node.kind)) return false;
  const [a, b] = [known, node].map((one) =>
    one.kind === 'name' || LITERALS.has(one.kind) ? constants.literal(one) : null,
  );
  return a?.kind === b?.kind && a?.text === b?.text && a != null;
}

export function bindNode(bindings: Bindings, name: string, node: SyntaxNode): readonly Bindings[] {
  const bound = bind(bindings, name, boundNode(node));
  return bound === null ? NO_MATCH : [bound];
}

/** A name matches itself, and every name that an import makes stand for it. */
export function literalName(pattern: SyntaxNode): Matcher {
  const { text } = pattern;
  return (node, bindings) => {
    if (!isWord(node)) return NO_MATCH;
    return node.text === text || node.aliases.some((alias) => isWord(alias) && alias.text === text)
      ? [bindings]
      : NO_MATCH;
  };
}

/** Tries the node, and then what imports make of it. */
export function withAliases(match: Matcher): Matcher {
  return (node, bindings, run) => {
    if (node.aliases.length === 0) return match(node, bindings, run);
    return [node, ...node.aliases].flatMap((meaning) => match(meaning, bindings, run));
  };
}
