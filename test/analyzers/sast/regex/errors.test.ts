import { describe, expect, it } from 'vitest';
import { compileExpression, isExpressionError } from '#analyzers/sast/regex/expression.ts';
import { MAX_SOURCE } from '#analyzers/sast/regex/parse.ts';

function errorOf(source: string): { kind: string; position: number; message: string } {
  const error = compileExpression(source);
  if (!isExpressionError(error)) throw new Error(`${source} compiles`);
  return error;
}

describe('a wrong expression', () => {
  it.each([
    ['foo(', 4, 'a parenthesis has no end'],
    ['foo)', 4, 'a closing parenthesis has no opening one'],
    ['a|*b', 3, 'there is nothing to repeat'],
    ['[z-a]', 3, 'a range of characters is out of order'],
    ['x[a-z', 2, 'a character class has no end'],
    ['[[:vowel:]]', 2, 'there is no POSIX class `vowel`'],
    ['a\\p{Klingon}', 2, 'there is no Unicode property `Klingon`'],
    ['(?<=fo+)bar', 1, 'a look behind has no fixed length'],
    ['(a)\\2', 4, 'there is no group 2'],
    ['(?P=quote)', 1, 'there is no group named `quote`'],
    ['(?<q>a)(?<q>b)', 11, 'two groups are named `q`'],
    ['a{2,1}', 2, 'the counts of a repeat are out of order'],
    ['\\u00e9', 1, '`\\u` is no escape of PCRE'],
    ['a(?y)', 4, '`y` is not known after `(?`'],
  ])('%s says what is wrong at character %i', (source, position, reason) => {
    expect(errorOf(source)).toEqual({
      kind: 'invalid',
      position,
      message: `not a regular expression: ${reason} (character ${position} of \`${source}\`)`,
    });
  });

  it('is refused where nested or long beyond what PCRE takes', () => {
    expect(errorOf(`${'('.repeat(251)}a${')'.repeat(251)}`).message).toContain('more than 250 parentheses');
    expect(errorOf('a'.repeat(MAX_SOURCE + 1)).message).toContain(`more than ${MAX_SOURCE} characters`);
  });
});

describe('what is not supported', () => {
  it.each([
    ['caf\\C', 4, '`\\C`, a single byte, is not supported here'],
    ['(*ANYCRLF)a$', 1, '`(*ANYCRLF)` is not supported here'],
    ['a(*THEN)b', 2, '`(*THEN)` is not supported here'],
    ['a(?>(*COMMIT)b)', 5, '`(*COMMIT)` is not supported here'],
    ['\\N{LATIN SMALL LETTER A}', 1, 'a character by its name is not supported here'],
  ])('%s says so at character %i', (source, position, reason) => {
    expect(errorOf(source)).toEqual({
      kind: 'unsupported',
      position,
      message: `${reason} (character ${position} of \`${source}\`)`,
    });
  });
});
