/** Expressions are RE2; and what is said to keep to its line does. */
import { expect, test } from 'vitest';
import { compileExpression, staysInLine } from '#analyzers/secrets/expression.ts';

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
])('says why %s is not RE2', (source, error) => {
  expect(compileExpression(source)).toEqual({ error });
});

test.each([
  'hf_[A-Za-z0-9]{34}\\b',
  '(?i)[\\w.-]*token[ \\t]*(?:=|:)[ \\t]*["\']([^"\'\\n]{8,})["\']',
  '(?m)^key=.+\\r?$',
  '[^\\s"]+',
  '[[:alnum:]_-]{10}',
  '\\S+\\.example\\.com',
  '[-_/+=]{2}',
  '[\\]\\[x]',
])('%s keeps to its line', (source) => {
  expect(staysInLine(source)).toBe(true);
  const compiled = compileExpression(source);
  const matcher = 'expression' in compiled ? compiled.expression.re.matcher(EVERY_PAIR) : null;
  for (let found = 0; matcher?.find() && found < 1_000; found++) expect(matcher.group()).not.toContain('\n');
});

/** Every ASCII character on both sides of a line break, and some tokens. */
const EVERY_PAIR = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit))
  .map((character) => `${character}\n${character}`)
  .concat('key=a\r\nkey=b\r\n', 'token = "abcdefgh"\n', `hf_${'a'.repeat(34)}\n`, 'x.example.com\n')
  .join('');

test.each([
  'a\\sb',
  'a[^b]c',
  'a[^\\\\n]c',
  '(?s)a.b',
  '(?s:a.b)',
  'a\\nb',
  'a[\\n]b',
  'a[\\s]b',
  'a\\x0ab',
  'a\\012b',
  'a[\\t- ]b',
  'a[[:space:]]b',
  'a[^[:alpha:]]b',
  'a[[:^alpha:]]b',
  'a\\Wb',
  'a\\Db',
  'a[\\W]b',
  'a\\PLb',
  'a\nb',
])('%s may cross a line break', (source) => {
  expect(staysInLine(source)).toBe(false);
});
