/** What can be told of an expression and its keywords: whether every match holds one, and how far before it a match begins. */
import { expect, test } from 'vitest';
import { compileExpression } from '#analyzers/secrets/expression/expression.ts';
import { programOf } from '#analyzers/secrets/expression/program.ts';
import { keywordReach } from '#analyzers/secrets/keywords/keyword-reach.ts';

const INFINITY = Number.POSITIVE_INFINITY;

test.each([
  ['hf_[a-z]+', ['hf_'], 3],
  ['(?i)hf_[a-z]+', ['HF_'], 3],
  ['(?i)[\\w.-]{0,50}?(?:token|secret)[a-z]{20}', ['token', 'secret'], 56],
  ['(?:api|access)[_-]?key=', ['apikey', 'api_key', 'api-key', 'accesskey', 'access_key', 'access-key'], 10],
  ['[\\w.-]*token[\\w.-]*=x', ['token'], INFINITY],
  ['a.{0,5}secret|secret', ['secret'], 17],
  ['to(?:k)en', ['oke'], 4],
  ['a+b', ['a'], 1],
])('a match of %s with one of %j has %d units before the keyword’s end', (source, keywords, longest) => {
  expect(reach(source, keywords)?.longest).toBe(longest);
});

test.each([
  ['(?:api|access)[_-]?key=', ['apikey', 'api_key', 'access_key', 'access-key']],
  ['[a-f0-9]{40}', ['wandb']],
  ['(?:wandb)?[a-f0-9]{40}', ['wandb']],
  ['tok\\wn', ['token']],
  ['x', []],
  ['x', ['']],
])('a match of %s may hold none of %j', (source, keywords) => {
  expect(reach(source, keywords)).toBeNull();
});

test('says which characters stand before a keyword', () => {
  const { reads } = reach('(?i)[a-f.]*key\\s*=[^"]+', ['key'])!;
  expect([...'aF.k=" \né'].filter((character) => reads(character.charCodeAt(0))).join('')).toBe('aF.ké');
});

function reach(source: string, keywords: readonly string[]) {
  const compiled = compileExpression(source);
  if ('error' in compiled) throw new Error(compiled.error);
  return keywordReach(programOf(compiled.expression.re), keywords);
}
