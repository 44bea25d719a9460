/** The automaton finds exactly what a naive search finds. */
import { expect, test } from 'vitest';
import { buildKeywordIndex } from '#analyzers/secrets/keywords/keywords.ts';

function scan(keywords: readonly string[], text: string): string[] {
  const found: string[] = [];
  buildKeywordIndex(keywords).scan(text, (keyword, start, end) => found.push(`${keywords[keyword]}@${start}-${end}`));
  return found.sort();
}

function naive(keywords: readonly string[], text: string): string[] {
  const found: string[] = [];
  const lowered = text.toLowerCase();
  for (const keyword of keywords) {
    for (let at = lowered.indexOf(keyword); at >= 0; at = lowered.indexOf(keyword, at + 1)) {
      found.push(`${keyword}@${at}-${at + keyword.length}`);
    }
  }
  return found.sort();
}

/** A small linear congruential generator, so that a failure can be repeated. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('agrees with a naive search on random texts over a small alphabet', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = createRandom(seed);
    const word = (length: number) => Array.from({ length }, () => 'abAB_'[random(5)]).join('');
    const keywords = [...new Set(Array.from({ length: 1 + random(8) }, () => word(1 + random(5)).toLowerCase()))];
    const text = word(random(300));
    expect(scan(keywords, text), `seed ${seed}: ${keywords.join()}`).toEqual(naive(keywords, text));
  }
});

test('finds keywords inside of and across each other', () => {
  expect(scan(['he', 'she', 'hers', 'his'], 'ushers')).toEqual(['he@2-4', 'hers@2-6', 'she@1-4']);
});

test('ignores case, as Unicode has it for single letters, and keeps offsets beside letters that grow when lowered', () => {
  expect(scan(['key'], 'KEY \u212Aey')).toEqual(['key@0-3', 'key@4-7']);
  // "İ" has two units in lower case.
  expect(scan(['token'], 'İİ ToKeN')).toEqual(['token@3-8']);
  expect(scan(['schlüssel'], 'Der SCHLÜSSEL')).toEqual(['schlüssel@4-13']);
});

test('reads any sequence of UTF-16 units', () => {
  expect(scan(['hf_'], '\ud800hf_\udc00😀hf_')).toEqual(['hf_@1-4', 'hf_@7-10']);
});

test('takes no more memory than its limit', () => {
  const different = (count: number) => String.fromCharCode(...Array.from({ length: count }, (_, at) => 0x4e00 + at));
  expect(scan([different(5_000)], `x${different(5_000)}`)).toHaveLength(1);
  expect(() => buildKeywordIndex([different(6_000)])).toThrow(RangeError);
});

test('finds nothing for no keywords, and nothing for an empty one', () => {
  expect(scan([], 'abc')).toEqual([]);
  expect(scan(['', 'b'], 'abc')).toEqual(['b@1-2']);
});
