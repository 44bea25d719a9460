import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileExpression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import { compiled, matchesOf } from './compiled.ts';

/** Each line holds what PCRE2 10.40, the library in Semgrep 1.182, answers in UTF mode for one expression. */
interface Answer {
  readonly expression: string;
  readonly flags: string;
  readonly invalid?: true;
  readonly text?: string;
  readonly matches?: unknown;
}

const answers: Answer[] = readFileSync(new URL('pcre-answers.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

describe('an expression means what it means in PCRE', () => {
  it.each(answers.filter(({ text }) => text !== undefined))(
    '$expression /$flags',
    ({ expression, flags, ...answer }) => {
      expect(matchesOf(compiled(expression, flags), answer.text!)).toEqual(answer.matches);
    },
  );
});

describe('what PCRE refuses is refused', () => {
  it.each(answers.filter(({ invalid }) => invalid === true))('$expression', ({ expression, flags }) => {
    const error = compileExpression(expression, flags);
    expect(isExpressionError(error) && error.kind).toBe('invalid');
  });
});
