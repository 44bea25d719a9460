/** A pattern's text to the syntax that it asks for: one expression, one statement, or several in a row. */
import { compileExpression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import { lineOf } from '#analyzers/sast/syntax/lines.ts';
import { createNode, type SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { PythonParser } from '#analyzers/sast/syntax/parser.ts';
import { REGEX_STRING } from './literals.ts';
import { encodePattern } from './pattern-text.ts';

export type Pattern =
  | { readonly kind: 'expression'; readonly node: SyntaxNode }
  | { readonly kind: 'statements'; readonly nodes: readonly SyntaxNode[] };

export interface PatternError {
  readonly kind: 'invalid' | 'unsupported';
  /** Counted from 1 within the pattern. */
  readonly line: number;
  readonly message: string;
}

/** A part of a statement that Semgrep reads and finds nowhere. */
const PART_ALONE = /^\s*(?:else|finally|except)\s*:/;
const DECORATOR_ALONE = /^\s*@[^\n]*\s*$/;
const DECORATED = 'def f(): ...';

export function parsePattern(parser: PythonParser, text: string): Pattern | PatternError {
  const invalid = (line: number, message: string): PatternError => ({ kind: 'invalid', line, message });
  if (text.trim() === '') return invalid(1, 'the pattern is empty');
  if (PART_ALONE.test(text)) return { kind: 'statements', nodes: [createNode('nothing', 0, 0)] };
  const isDecorator = DECORATOR_ALONE.test(text);
  const tree = parser.parse(encodePattern(dedent(isDecorator ? `${text.trimEnd()}\n${DECORATED}` : text)))!;
  if (tree.errorAt !== null) return invalid(lineOf(tree.text, tree.errorAt), 'the pattern is not valid Python');
  const statements = tree.root.kids;
  if (statements.length === 0) return invalid(1, 'the pattern holds nothing but a comment');
  for (const node of tree.nodes) {
    const regex = node.kind === 'string' ? REGEX_STRING.exec(node.text) : null;
    const compiled = regex === null ? null : compileExpression(regex[1]!, regex[2]!);
    if (compiled !== null && isExpressionError(compiled)) return { ...compiled, line: lineOf(tree.text, node.start) };
  }
  const only = statements.length === 1 ? statements[0]! : null;
  const decorators = isDecorator ? (only?.kids.at(-1)?.kids ?? []) : [];
  if (decorators.length === 1) return { kind: 'expression', node: decorators[0]! };
  if (only?.kind === 'expr') return { kind: 'expression', node: only.kids[0]! };
  return { kind: 'statements', nodes: statements };
}

/** Patterns quoted in YAML may carry the indentation of where they were copied from. */
function dedent(text: string): string {
  const lines = text.split('\n');
  const widths = lines.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)![0].length);
  const width = Math.min(...widths);
  return lines.map((line) => line.slice(width)).join('\n');
}
