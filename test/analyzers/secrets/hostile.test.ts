/** Input that is made to be slow or to break something: bounded time, and no secret lost on the way. */
import { expect, test } from 'vitest';
import { createHider } from '#analyzers/secrets/hide.ts';
import { MAX_FOUND } from '#analyzers/secrets/shortened.ts';
import { sampleToken } from '#test/support/samples.ts';
import { createAnalyzer, createPart, createShippedAnalyzer, find, NO_LIMIT } from './support.ts';

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

test('more secrets than are told: that is said, and they do not cost the file its findings', () => {
  const tokens = Array.from({ length: MAX_FOUND + 1 }, (_, seed) => sampleToken('huggingface', seed));
  const { matches, cut } = analyzer.analyze(createPart(tokens.join(' ')), NO_LIMIT);
  expect(matches).toHaveLength(MAX_FOUND);
  expect(cut).toBe(`only the first ${MAX_FOUND} findings of huggingface-user-token`);

  const hide = createHider(matches.map(({ secret }) => secret!));
  within(5_000, () => {
    for (const [index, token] of tokens.slice(0, MAX_FOUND).entries())
      expect(hide(`${index}: ${token}`)).toBe(`${index}: …`);
  });
});

test('a team with thousands of rules, once the time is up: none of them is made ready', async () => {
  const rules = Array.from(
    { length: 2_000 },
    (_, at) => `[[rules]]\nid = "r${at}"\nregex = "word${at}.*"\nkeywords = ["word${at}"]`,
  );
  const team = await createAnalyzer(rules.join('\n'));
  const text = rules.map((_, at) => `word${at} = 1`).join('\n');
  within(1_000, () => expect(team.analyze(createPart(text), { expired: () => true }).matches).toEqual([]));
});

test('keys and tables of a configuration that are nested without an end', async () => {
  const deep = `a${'.a'.repeat(50_000)}`;
  for (const toml of [`[${deep}]\nx = 1`, `${deep} = 1`, `a = ${'['.repeat(50_000)}`]) {
    const started = performance.now();
    const { problems } = await createAnalyzer(toml);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(problems).not.toEqual([]);
  }
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
