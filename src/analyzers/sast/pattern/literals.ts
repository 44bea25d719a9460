/** Literals in patterns match what comes to the same value: a constant behind a name, a sum of strings, another spelling. */

import { compileExpression, type Expression } from '#analyzers/sast/regex/expression.ts';
import { foldOne, LITERALS, SOME_STRING } from '#analyzers/sast/syntax/fold.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { type Bound, bind, NO_MATCH } from './bindings.ts';
import { buildParts } from './collections.ts';
import type { Compile, Matcher, Run } from './matcher.ts';
import { type Item, matchSequence } from './sequence.ts';

export function buildLiteral(pattern: SyntaxNode, compile: Compile): Matcher {
  const value = LITERALS.has(pattern.kind)
    ? pattern
    : foldOne(pattern, (node) => (LITERALS.has(node.kind) ? node : null));
  if (value === null) return buildParts(pattern, compile);
  return (node, bindings, run) => {
    const literal = run.constants.literal(node);
    return literal?.kind === value.kind && literal.text === value.text ? [bindings] : NO_MATCH;
  };
}

export const REGEX_STRING = /^=~\/([\s\S]*)\/([im]?)$/;
const QUOTES = /^[a-zA-Z]{0,2}("""|'''|"|')/;
/** A prefix of two letters and three quotes. */
const MAX_OPENING = 5;
const METAVARIABLE_STRING = /^\$[A-Z_][A-Z_0-9]*$/;

/**
 * `"..."` is any string, `"=~/re/"` one that holds the expression, `"$X"` takes what stands between the quotes. A
 * pattern with a prefix, such as `b"..."`, is for strings that are written with it.
 */
export function buildString(pattern: SyntaxNode, compile: Compile): Matcher {
  const { text } = pattern;
  const prefix = prefixOf(pattern);
  if (pattern.kids.length > 1) return buildJoined(pattern, compile);
  const literalOf =
    prefix === '' ? stringLiteral : (node: SyntaxNode) => (prefixOf(node) === prefix ? written(node) : null);
  if (text === '...') {
    return (node, bindings, run) => {
      const isString = literalOf(node, run) !== null || (prefix === '' && isSomeString(node, run));
      return isString ? [bindings] : NO_MATCH;
    };
  }
  const regex = REGEX_STRING.exec(text);
  if (regex !== null) {
    // The pattern's parser has refused what does not compile.
    const expression = compileExpression(regex[1]!, regex[2]!) as Expression;
    return (node, bindings, run) => {
      const literal = literalOf(node, run);
      return literal !== null && expression.search(literal.text) ? [bindings] : NO_MATCH;
    };
  }
  if (METAVARIABLE_STRING.test(text)) {
    return (node, bindings, run) => {
      const literal = literalOf(node, run);
      const bound = literal === null ? null : bind(bindings, text, boundContent(node, literal, run));
      return bound === null ? NO_MATCH : [bound];
    };
  }
  return (node, bindings, run) => (literalOf(node, run)?.text === text ? [bindings] : NO_MATCH);
}

function prefixOf({ kids: [first] }: SyntaxNode): string {
  return first?.kind === 'prefix' ? first.text : '';
}

/** Neighbouring strings in a pattern are neighbouring strings in the code, and not what they come to. */
function buildJoined({ kind, kids }: SyntaxNode, compile: Compile): Matcher {
  const items = kids.map((kid): Item => ({ kind: 'one', match: compile(kid) }));
  return (node, bindings, run) => (node.kind === kind ? matchSequence(items, node.kids, bindings, run) : NO_MATCH);
}

function stringLiteral(node: SyntaxNode, run: Run): SyntaxNode | null {
  return written(run.constants.literal(node));
}

function written(node: SyntaxNode | null): SyntaxNode | null {
  return node?.kind === 'string' || node?.kind === 'bytes' ? node : null;
}

function isSomeString(node: SyntaxNode, run: Run): boolean {
  return run.constants.literal(node)?.kind === SOME_STRING;
}

/** Of literals that are put together, the place is that of the first one; null for one literal and for a name. */
function firstPiece(node: SyntaxNode): SyntaxNode | null {
  let at: SyntaxNode | undefined = node;
  while (at?.kind === 'binary' || at?.kind === 'fstring') at = at.kids[0];
  if (at?.kind === 'string' && at.kids[0]?.kind === 'string') return at.kids[0];
  return at === node || at === undefined || (at.kind !== 'string' && at.kind !== 'chunk') ? null : at;
}

/** What stands between the quotes; where the string stands elsewhere, its place is that of the expression. */
function boundContent(node: SyntaxNode, literal: SyntaxNode, run: Run): Bound {
  const piece = firstPiece(node);
  if (piece !== null) return { start: piece.start, end: piece.end, nodes: [node], text: literal.text };
  const isHere = node === literal;
  const quotes = isHere ? QUOTES.exec(run.tree.text.slice(node.start, node.start + MAX_OPENING)) : null;
  const start = node.start + (quotes?.[0].length ?? 0);
  const end = node.end - (quotes?.[1]?.length ?? 0);
  return { start, end, nodes: [node], text: literal.text };
}

/** `$X` between the braces of an f-string takes the text that stands there. */
function chunkMatcher(name: string): Matcher {
  return (node, bindings) => {
    if (node.kind !== 'chunk') return NO_MATCH;
    const bound = bind(bindings, name, { start: node.start, end: node.end, nodes: [node], text: node.text });
    return bound === null ? NO_MATCH : [bound];
  };
}

/** `f"..."` is any f-string; `...` between other parts is any number of parts. */
export function buildFString(pattern: SyntaxNode, compile: Compile): Matcher {
  const items = pattern.kids.map((kid): Item => {
    if (kid.kind !== 'chunk') return { kind: 'one', match: compile(kid) };
    if (METAVARIABLE_STRING.test(kid.text)) return { kind: 'one', match: chunkMatcher(kid.text) };
    return kid.text === '...' ? { kind: 'any' } : { kind: 'one', match: buildParts(kid, compile) };
  });
  return (node, bindings, run) => {
    if (node.kind !== 'fstring' || node.text !== pattern.text) return NO_MATCH;
    return matchSequence(items, node.kids, bindings, run);
  };
}
