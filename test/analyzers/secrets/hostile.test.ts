/** Input that is made to be slow or to break something: bounded time, and no secret lost on the way. */
import { expect, test } from 'vitest';
import { sampleToken } from '#test/support/samples.ts';
import { createAnalyzer, createShippedAnalyzer, find } from './support.ts';

const analyzer = await createShippedAnalyzer();
const MEGABYTE = 1 << 20;

/** Generous: the point is that the time is not quadratic, on a busy machine too. */
function within(ms: number, work: () => void): void {
  const started = performance.now();
  work();
  expect(performance.now() - started).toBeLessThan(ms);
}

test('a megabyte on one line, with a secret in the middle', () => {
  const token = sampleToken('huggingface');
  const filler = 'lorem ipsum = "dolor", '.repeat(MEGABYTE / 46);
  const text = `${filler}"${token}"${filler}`;
  within(5_000, () => {
    const matches = find(analyzer, text);
    expect(matches.map((match) => text.slice(match.start, match.end))).toEqual([token]);
  });
});

test('200,000 keywords on one line, and on as many lines', () => {
  const token = sampleToken('github');
  for (const separator of [' ', '=', '_', '\n', '": "']) {
    const text = `${`token${separator}`.repeat(200_000)}\n${token}`;
    within(10_000, () => expect(find(analyzer, text).map((match) => match.ruleId)).toEqual(['github-token']));
  }
});

test('a megabyte that begins like a secret and never ends', () => {
  for (const start of [
    `-----BEGIN ${''}RSA PRIVATE KEY-----\n`,
    'ghs_',
    'sk-proj-',
    '{"type": "service_account", "private_key": ',
  ]) {
    within(10_000, () => find(analyzer, start + 'Ab3/'.repeat(MEGABYTE / 4)));
    within(10_000, () => find(analyzer, start.repeat(MEGABYTE / start.length / 4)));
  }
});

test('thousands of secrets in one text, each of them found once', () => {
  const tokens = Array.from({ length: 3_000 }, (_, seed) => sampleToken('huggingface', seed));
  within(10_000, () => expect(find(analyzer, tokens.join(' '))).toHaveLength(tokens.length));
});

test('any sequence of UTF-16 units', () => {
  const token = sampleToken('huggingface');
  for (const noise of ['\ud800', '\udc00', '\u0000', '\ufeff', '\u202e', '\u2028', 'İ', '\u212a']) {
    const text = `${noise.repeat(2_000)} "${token}" ${noise}`;
    const matches = find(analyzer, text);
    expect(matches.map((match) => text.slice(match.start, match.end))).toEqual([token]);
    expect(matches[0]!.excerpt.isWellFormed()).toBe(true);
  }
});

test('an expression that would take a backtracking engine for ever', async () => {
  const team = await createAnalyzer(`[[rules]]\nid = "slow"\nregex = '''(?:(?:a+)+)+\\$'''\nkeywords = ["aaaa"]`);
  within(10_000, () => expect(find(team, 'a'.repeat(200_000))).toEqual([]));
});

test('nothing at all', () => {
  expect(find(analyzer, '')).toEqual([]);
  expect(find(analyzer, '\n'.repeat(1_000))).toEqual([]);
});
