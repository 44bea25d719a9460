/** The search answers as re2js does, whose answers are RE2's; and where matches may begin changes nothing. */
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { programOf } from '#analyzers/secrets/expression/program.ts';
import { createSearch } from '#analyzers/secrets/search/search.ts';
import { NO_LIMIT } from '#test/analyzers/secrets/support.ts';

type Offsets = readonly [number, number];

/** One for each thing that RE2's language has, and for each way in which what comes first and what is longest differ. */
const EXPRESSIONS = [
  'a',
  'a|ab',
  'ab|a',
  '(?:a|ab)(?:c|bcd)?',
  'a*',
  'a*?',
  '(?:a*)*',
  '(?:|a)+',
  'a{2,3}',
  'a{2,3}?',
  '(?:a{0,2}b){1,3}?',
  'a.*b',
  'a.*?b',
  '(?s)a.*b',
  '[^a]+',
  '[a-c]+b',
  '^a',
  'a$',
  '(?m)^a',
  '(?m)a$',
  '(?m)^$',
  '(?m)^[a-c ]*$',
  '\\Aa',
  'a\\z',
  '\\b',
  '\\ba',
  'a\\b',
  '\\Ba',
  'a\\B',
  '\\b[a-c]+\\b',
  '(?i)k',
  '(?i)[k-s]+',
  '(?i)ſ',
  '(?i)σ',
  '(?i)straße',
  'é|e',
  '\\W+',
  '\\pL+',
  '\\x{1f511}',
  '[\\x{1f500}-\\x{1f5ff}]{2}',
  '.{2}',
  '(?:a|b|c|k)*c',
  '(?:a+)+b',
  'a(?:b(?:c|$)|\\b)',
  '(?:^|[^a])b',
  '(?:b|$)',
  'x*',
  '[^\\x00-\\x{10ffff}]',
];

/** Characters that have a meaning in one of them: letters, breaks, pairs, halves of pairs, other cases. */
const ALPHABET = [...'aaabbbcc  \n\nkKsſσςΣéßß._-', '\u212a', '\u{1f511}', '\u{1f512}', '\ud83d', '\udd11', '\r'];

function createTexts(seed: number): string[] {
  let state = seed;
  const random = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: 60 }, () =>
    Array.from({ length: random(24) }, () => ALPHABET[random(ALPHABET.length)]!).join(''),
  );
}

function peer(source: string, text: string): Offsets[] {
  const found: Offsets[] = [];
  const re = RE2JS.compile(source).re2();
  for (let from = 0; from <= text.length; ) {
    const [matched, group] = re.matchWithGroup(text, from, text.length, 0, 1) as [boolean, number[]];
    if (!matched) break;
    const [start, end] = group as unknown as Offsets;
    found.push([start, end]);
    from = start < end ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return found;
}

function ours(source: string, text: string, starts = [{ from: 0, to: text.length }]): Offsets[] {
  const found: Offsets[] = [];
  createSearch(() => programOf(RE2JS.compile(source)))(text, starts, NO_LIMIT, (start, end) =>
    found.push([start, end]),
  );
  return found;
}

test.each(EXPRESSIONS)('%s', (source) => {
  const search = createSearch(() => programOf(RE2JS.compile(source)));
  for (const text of createTexts(source.length)) {
    const found: Offsets[] = [];
    search(text, [{ from: 0, to: text.length }], NO_LIMIT, (start, end) => found.push([start, end]));
    expect(found, JSON.stringify(text)).toEqual(peer(source, text));
  }
});

test('matches begin where they may, and see what stands before', () => {
  const text = 'key1 key2 xkey3 key4';
  const at = (...places: number[]) => places.map((from) => ({ from, to: from }));
  expect(ours('\\bkey\\d', text, at(0, 5, 11, 16))).toEqual([
    [0, 4],
    [5, 9],
    [16, 20],
  ]);
  expect(ours('key.*', text, [])).toEqual([]);
});

test('a match may be as long as the text, and begin as far before', () => {
  const text = `${'a'.repeat(100_000)} token=${'b'.repeat(100_000)};`;
  expect(ours('a[a ]+token=b+;', text)).toEqual([[0, text.length]]);
});

test('an expression whose states are too many for their space', () => {
  const source = '[ab]*a[ab]{14}c';
  const text = Array.from({ length: 60_000 }, (_, at) => ((at * at * 31 + at * 7) % 11 < 5 ? 'a' : 'b')).join('');
  expect(ours(source, `${text}a${'b'.repeat(14)}c`)).toEqual([[0, 60_016]]);
  expect(ours(source, text)).toEqual([]);
});

test('stops when the budget has', () => {
  let looks = 0;
  const found: number[] = [];
  const search = createSearch(() => programOf(RE2JS.compile('a')));
  search('aaaa', [{ from: 0, to: 4 }], { expired: () => looks++ >= 2 }, (start) => found.push(start));
  expect(found).toEqual([0, 1]);
});
