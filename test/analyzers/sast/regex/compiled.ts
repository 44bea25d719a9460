/** What the tests of expressions ask: a compiled expression, and its matches as plain numbers. */
import {
  compileExpression,
  type Expression,
  type ExpressionMatch,
  isExpressionError,
} from '#analyzers/sast/regex/expression.ts';

export type Span = readonly [start: number, end: number];

export function compiled(source: string, flags = ''): Expression {
  const expression = compileExpression(source, flags);
  if (isExpressionError(expression)) throw new Error(expression.message);
  return expression;
}

/** The match and then each group that took part, with null for those before it that did not. */
export function spansOf({ start, end, groups }: ExpressionMatch): (Span | null)[] {
  const spans: (Span | null)[] = [[start, end]];
  for (const [name, group] of groups) {
    const number = Number(name);
    if (Number.isNaN(number)) continue;
    while (spans.length < number) spans.push(null);
    spans[number] = [group.start, group.end];
  }
  return spans;
}

export function matchesOf(expression: Expression, text: string, onExhausted?: () => void): (Span | null)[][] {
  return Array.from(expression.findAll(text, onExhausted), spansOf);
}
