/** Expressions are RE2; and what is said to keep to its line does. */
import { expect, test } from 'vitest';
import { compileExpression, type Expression } from '#analyzers/secrets/expression.ts';
import { mustHold, programOf } from '#analyzers/secrets/program.ts';

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
  const { re, crossesLines } = compile(source);
  expect(crossesLines).toBe(false);
  const matcher = re.matcher(EVERY_PAIR);
  for (let found = 0; matcher.find() && found < 1_000; found++) expect(matcher.group()).not.toContain('\n');
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
  expect(compile(source).crossesLines).toBe(true);
});

test.each([
  ['abc', 3],
  ['a{2,5}b?', 6],
  ['a(?:b|cde)f', 5],
  ['(?i)k', 1],
  ['.', 2],
  ['[^a]{3}', 6],
  ['\\bx$', 1],
  ['a*', Number.POSITIVE_INFINITY],
  ['(?:a|b+c)d', Number.POSITIVE_INFINITY],
])('the longest match of %s has %d units', (source, longest) => {
  expect(compile(source).longest).toBe(longest);
});

test.each([
  ['hf_[a-z]+', ['hf_'], true],
  ['(?i)hf_[a-z]+', ['HF_'], true],
  ['(?:api|access)[_-]?key=', ['apikey', 'api_key', 'api-key', 'accesskey', 'access_key', 'access-key'], true],
  ['(?:api|access)[_-]?key=', ['apikey', 'api_key', 'access_key', 'access-key'], false],
  ['[\\w.-]*token[\\w.-]*=x', ['token'], true],
  ['[a-f0-9]{40}', ['wandb'], false],
  ['(?:wandb)?[a-f0-9]{40}', ['wandb'], false],
  ['a.{0,5}secret|secret', ['secret'], true],
  ['to(?:k)en', ['oke'], true],
  ['tok\\wn', ['token'], false],
  ['x', [], false],
  ['x', [''], false],
])('every match of %s holds one of %j: %s', (source, keywords, holds) => {
  expect(mustHold(programOf(compile(source).re), keywords)).toBe(holds);
});

function compile(source: string): Expression {
  const compiled = compileExpression(source);
  if ('error' in compiled) throw new Error(compiled.error);
  return compiled.expression;
}
