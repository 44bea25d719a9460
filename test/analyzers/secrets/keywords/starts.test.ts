/** Where matches may begin: before a keyword, through the characters that a match can have there. */
import { expect, test } from 'vitest';
import type { KeywordReach } from '#analyzers/secrets/keywords/keyword-reach.ts';
import { startsBefore } from '#analyzers/secrets/keywords/starts.ts';

const ANY: KeywordReach = { longest: 10, reads: () => true };
const WORD: KeywordReach = {
  longest: Number.POSITIVE_INFINITY,
  reads: (unit) => /[\w.-]/.test(String.fromCharCode(unit)),
};

function cut(text: string, reach: KeywordReach, keywords: readonly string[] = ['key']): string[] {
  const list = startsBefore(text, reach);
  for (let end = 1; end <= text.length; end++)
    for (const keyword of keywords) if (text.endsWith(keyword, end)) list.add(end - keyword.length, end);
  return list.starts.map(({ from, to }) => text.slice(from, to + 1));
}

test('as far as a match can be before the end of its keyword, and not behind the keyword’s first character', () => {
  expect(cut('0123456789 key 0123456789', ANY)).toEqual(['456789 k']);
  expect(cut('key', ANY)).toEqual(['k']);
});

test('only through characters that a match has before its keyword', () => {
  expect(cut('one\nmy.key = "other-key"\n', WORD)).toEqual(['my.k', 'other-k']);
  expect(cut(`${'a'.repeat(100_000)}key`, WORD)[0]).toHaveLength(100_001);
});

test('what touches is one', () => {
  expect(cut('key key', ANY)).toEqual(['key k']);
  expect(cut('keykey', WORD)).toEqual(['keyk']);
});

test('a long keyword may begin before a short one that ended first', () => {
  expect(cut('(a key b)', { longest: 7, reads: () => false }, ['key', 'a key b'])).toEqual(['a k']);
});

test('they are in order, do not touch, and leave out no keyword, whatever the text', () => {
  for (let seed = 1; seed < 100; seed++) {
    const text = Array.from({ length: 400 }, (_, at) =>
      (at * seed * 7919) % 97 < 5 ? 'k' : (at * seed) % 53 === 0 ? '\n' : '.',
    ).join('');
    for (const reach of [ANY, WORD]) {
      const list = startsBefore(text, reach);
      for (let at = text.indexOf('k'); at >= 0; at = text.indexOf('k', at + 1)) list.add(at, at + 1);
      let end = -2;
      for (const { from, to } of list.starts) {
        expect(from).toBeGreaterThan(end + 1);
        expect(to).toBeGreaterThanOrEqual(from);
        end = to;
      }
      for (let at = text.indexOf('k'); at >= 0; at = text.indexOf('k', at + 1))
        expect(list.starts.some(({ from, to }) => from <= at && at <= to)).toBe(true);
    }
  }
});
