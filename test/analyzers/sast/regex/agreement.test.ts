import { describe, expect, it } from 'vitest';
import { compileLinear } from '#analyzers/sast/regex/linear.ts';
import { parseExpression } from '#analyzers/sast/regex/parse.ts';
import { compiled, matchesOf, type Span } from './compiled.ts';

const FLAGS = { i: false, m: true, s: false, x: false, xx: false, n: false, J: false, U: false };
const SEEDS = 300;

/** Numbers from 0 to 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An expression of what RE2 and PCRE share. */
function randomExpression(random: () => number, depth: number): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const atom = (): string => {
    const kind = random();
    if (depth > 0 && kind < 0.3) return `${pick(['(', '(?:', '(?i:'])}${randomExpression(random, depth - 1)})`;
    if (kind < 0.4) return pick(['\\b', '\\B', '^', '$', '\\A']);
    return pick([
      'a',
      'b',
      'K',
      'é',
      '😀',
      '.',
      '\\w',
      '\\d',
      '\\s',
      '[ab]',
      '[^a\\n]',
      '[a-c😀]',
      '\\x{212a}',
      ' ',
      '1',
    ]);
  };
  const item = (): string => {
    const text = atom();
    return /^(?:\\[bBA]|[\^$])$/.test(text)
      ? text
      : text + pick(['', '', '', '*', '+', '?', '+?', '*?', '{2}', '{1,3}']);
  };
  const sequence = (): string => Array.from({ length: 1 + Math.floor(random() * 3) }, item).join('');
  return Array.from({ length: 1 + Math.floor(random() * 2) }, sequence).join('|');
}

function linearMatches(source: string, text: string): (Span | null)[][] | null {
  const linear = compileLinear(parseExpression(source, FLAGS));
  if (linear === null) return null;
  const matcher = linear.matcher(text);
  const found: (Span | null)[][] = [];
  while (matcher.find()) {
    const spans: (Span | null)[] = [];
    for (let i = 0; i <= linear.groupCount(); i++) {
      spans.push(matcher.start(i) < 0 ? null : [matcher.start(i), matcher.end(i)]);
    }
    while (spans.at(-1) === null) spans.pop();
    found.push(spans);
  }
  return found;
}

describe('the two engines', () => {
  it('give the same matches for what both know', () => {
    let compared = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = randomOf(seed * 7_919);
      const source = randomExpression(random, 2);
      for (let i = 0; i < 3; i++) {
        const alphabet = ['a', 'b', 'k', 'K', '\u212a', 'é', 'É', '😀', ' ', '\n', '1', '_'];
        const text = Array.from({ length: 12 }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
        const linear = linearMatches(source, text);
        if (linear === null) continue;
        compared++;
        expect({ source, text, matches: matchesOf(compiled(source, 'm'), text) }).toEqual({
          source,
          text,
          matches: linear,
        });
      }
    }
    expect(compared).toBeGreaterThan(SEEDS);
  });
});
