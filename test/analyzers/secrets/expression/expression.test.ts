/** Expressions are RE2, and what is wrong with one is said as RE2 says it. */
import { expect, test } from 'vitest';
import { compileExpression } from '#analyzers/secrets/expression/expression.ts';

test('compiles RE2 and counts its groups', () => {
  const compiled = compileExpression('(?i)(a)(?:b)(?P<name>c)');
  expect('expression' in compiled && compiled.expression.groups).toBe(2);
  expect('expression' in compiled && compiled.expression.re.test('xABC')).toBe(true);
});

test.each([
  ['a(b', 'missing closing ): `a(b`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
  ['(a long one, of which nothing is shown', 'missing closing )'],
])('says why %s is not RE2', (source, error) => {
  expect(compileExpression(source)).toEqual({ error });
});
