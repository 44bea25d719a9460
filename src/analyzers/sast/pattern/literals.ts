/** Literals in patterns match what comes to the same value: a constant behind a name, a sum of strings, another spelling. */

import { compileExpression, type Expression } from '#analyzers/sast/regex/expression.ts';
import { LITERALS } from '#analyzers/sast/syntax/constants.ts';
import { fold, SOME_STRING } from '#analyzers/sast/syntax/fold.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import { bind, NO_MATCH } from './bindings.ts';
import { buildParts } from './collections.ts';
import type { Compile, Matcher, Run } from './matcher.ts';
import { type Item, matchSequence } from './sequence.ts';

export function buildLiteral(pattern: SyntaxNode, compile: Compile): Matcher {
  const value = LITERALS.has(pattern.kind) ? pattern : fold(pattern, (node) => (LITERALS.has(node.kind) ? node : null));
  if (value === null) return buildParts(pattern, compile);
  return (node, bindings, run) => {
    const literal = run.constants.literal(node);
    return literal?.kind === value.kind && literal.text === value.text ? [bindings] : NO_MATCH;
  };
}

export const REGEX_STRING = /^=~\/([\s\S]*)\/([a-z]*)$/;
const QUOTES = /^[a-zA-Z]{0,2}("""|'''|"|')/;
const METAVARIABLE_STRING = /^\$[A-Z_][A-Z_0-9]*$/;

/** `"..."` is any string, `"=~/re/"` one that holds the expression, `"$X"` takes what stands between the quotes. */
export function buildString(pattern: SyntaxNode, _compile: Compile): Matcher {
  const { text } = pattern;
  if (text === '...') {
    return (node, bindings, run) => {
      const isString = stringLiteral(node, run) !== null || run.constants.literal(node)?.kind === SOME_STRING;
      return isString ? [bindings] : NO_MATCH;
    };
  }
  const regex = REGEX_STRING.exec(text);
  if (regex !== null) {
    // The pattern's parser has refused what does not compile.
    const expression = compileExpression(regex[1]!, regex[2]!) as Expression;
    return (node, bindings, run) => {
      const literal = stringLiteral(node, run);
      return literal !== null && expression.search(literal.text) ? [bindings] : NO_MATCH;
    };
  }
  if (METAVARIABLE_STRING.test(text)) {
    return (node, bindings, run) => {
      if (node.kind !== 'string' && node.kind !== 'bytes') return NO_MATCH;
      const quotes = QUOTES.exec(run.tree.text.slice(node.start, node.end));
      const start = node.start + (quotes?.[0].length ?? 0);
      const end = node.end - (quotes?.[1]?.length ?? 0);
      const bound = bind(bindings, text, { start, end, nodes: [node], text: node.text });
      return bound === null ? NO_MATCH : [bound];
    };
  }
  return (node, bindings, run) => (stringLiteral(node, run)?.text === text ? [bindings] : NO_MATCH);
}

function stringLiteral(node: SyntaxNode, run: Run): SyntaxNode | null {
  const literal = run.constants.literal(node);
  return literal?.kind === 'string' || literal?.kind === 'bytes' ? literal : null;
}

/** `f"..."` is any f-string; `...` between other parts is any number of parts. */
export function buildFString(pattern: SyntaxNode, compile: Compile): Matcher {
  const items = pattern.kids.map((kid): Item => {
    if (kid.kind !== 'chunk') return { kind: 'one', match: compile(kid) };
    return kid.text === '...' ? { kind: 'any' } : { kind: 'one', match: buildParts(kid, compile) };
  });
  return (node, bindings, run) => (node.kind === 'fstring' ? matchSequence(items, node.kids, bindings, run) : NO_MATCH);
}
