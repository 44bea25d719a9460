/** The analyzer as the rest of Assay sees it: where a secret is, what is said of it, and that it is never said itself. */
import { describe, expect, test } from 'vitest';
import { expandTemplate } from '#analyzers/secrets/samples/samples.ts';
import { SAMPLE_KINDS, sampleToken } from '#test/support/samples.ts';
import { createPart, createShippedAnalyzer, find, NO_LIMIT } from './support.ts';

const analyzer = await createShippedAnalyzer();

test('is for every kind of part and every language', () => {
  expect(analyzer.name).toBe('secrets');
  expect(analyzer.accepts(createPart('', { kind: 'output', language: null }))).toBe(true);
  expect(analyzer.rules.every((rule) => rule.analyzer === 'secrets' && rule.source.startsWith('rules/secrets/'))).toBe(
    true,
  );
});

test('a match is the secret itself, with the rule and a redacted excerpt', () => {
  const token = sampleToken('huggingface');
  const text = `import os\nos.environ["HF_TOKEN"] = "${token}"\n`;
  expect(find(analyzer, text)).toEqual([
    {
      ruleId: 'huggingface-user-token',
      severity: 'critical',
      confidence: 'high',
      message: expect.stringContaining('https://huggingface.co/settings/tokens'),
      start: text.indexOf(token),
      end: text.indexOf(token) + token.length,
      identity: expect.stringMatching(/^[0-9a-f]{32}$/),
      scope: '',
      excerpt: 'os.environ["HF_TOKEN"] = "hf_…(37)"',
      secret: expect.toSatisfy((secret) => String(secret) === '‹redacted›'),
      evidence: {
        alsoFoundBy: ['generic-secret'],
        entropy: 4.8,
        decoders: [],
        revoke: 'https://huggingface.co/settings/tokens',
      },
    },
  ]);
});

test('offsets are UTF-16 units, whatever stands before', () => {
  const token = sampleToken('github');
  const text = `# 😀 schön \ud83d\nTOKEN = "${token}"`;
  const [match] = find(analyzer, text);
  expect(text.slice(match!.start, match!.end)).toBe(token);
});

test('a key of many lines starts on the line of its first', () => {
  const key = sampleToken('private-key');
  const text = `a = 1\nb = 2\nKEY = """${key}\n"""\n`;
  const part = createPart(text);
  const [match, ...others] = analyzer.analyze(part, NO_LIMIT).matches;
  expect(others).toEqual([]);
  expect(match!.ruleId).toBe('private-key');
  expect(part.locate(match!.start)).toEqual({ line: 3, column: 10 });
  expect(part.locate(match!.end).line).toBe(3 + key.split('\n').length - 1);
});

test('a key that is longer than any window is found whole', () => {
  const key = expandTemplate('-----BEGIN {join}RSA PRIVATE KEY-----\n{pem:40000}\n-----END RSA PRIVATE KEY-----', 1);
  const text = `${'#\n'.repeat(5_000)}${key}\n`;
  const matches = find(analyzer, text);
  expect(matches.map((match) => text.slice(match.start, match.end))).toEqual([key]);
});

describe('identity', () => {
  const text = (seed: number) => `token = "${sampleToken('huggingface', seed)}"`;
  const identityOf = (found: ReturnType<typeof find>) => found[0]!.identity;

  test('is the same for the same secret wherever it stands', () => {
    expect(identityOf(find(analyzer, text(1)))).toBe(
      identityOf(find(analyzer, `\n\n# moved\n${text(1)}`, { path: 'other.py' })),
    );
    expect(identityOf(find(analyzer, text(1)))).not.toBe(identityOf(find(analyzer, text(2))));
  });
  test('depends on the key', async () => {
    const other = await createShippedAnalyzer('another key');
    expect(identityOf(find(analyzer, text(1)))).not.toBe(identityOf(find(other, text(1))));
    const again = await createShippedAnalyzer();
    expect(identityOf(find(analyzer, text(1)))).toBe(identityOf(find(again, text(1))));
  });
});

/** What may be shown: the vendors' prefixes, and the frame of a key block. */
const PUBLIC = /^(?:hf_|sk-proj-|sk-ant-api03-|AKIA|ghp_|ghs_|AIza|xoxb-)|-----(?:BEGIN|END) [A-Z ]+-----/g;

describe('redaction', () => {
  test.each(SAMPLE_KINDS)('nothing of a secret can be read from its match: %s', (kind) => {
    for (let seed = 1; seed <= 5; seed++) {
      const token = sampleToken(kind, seed);
      const name = { wandb: 'WANDB_API_KEY', 'aws-secret': 'AWS_SECRET_ACCESS_KEY' }[kind as string] ?? 'API_KEY';
      const other = sampleToken('anthropic', seed + 100);
      const text = `x = ["${other}"]; ${name} = "${token}"; y = "${other}"  # ${token}`;
      const matches = find(analyzer, text);
      expect(
        matches.some((match) => text.slice(match.start, match.end) === token),
        kind,
      ).toBe(true);
      const said = JSON.stringify(matches);
      for (const secret of [token, other]) {
        const body = secret.replace(PUBLIC, '');
        for (let at = 0; at + 8 <= body.length; at += 4) {
          expect(said.includes(body.slice(at, at + 8)), `${kind} ${seed} at ${at}`).toBe(false);
        }
      }
    }
  });
});

describe('overlapping detectors', () => {
  test('merge into the most specific: one secret, one match', () => {
    for (const [kind, ruleId] of [
      ['huggingface', 'huggingface-user-token'],
      ['openai', 'openai-api-key'],
      ['github', 'github-token'],
      ['slack', 'slack-token'],
    ] as const) {
      const text = `api_token = "${sampleToken(kind)}"`;
      expect(find(analyzer, text).map((match) => match.ruleId)).toEqual([ruleId]);
    }
  });
  test('the key of a service account is not a second finding', () => {
    const key = JSON.stringify(sampleToken('private-key').replaceAll('RSA ', ''));
    const text = `{"type": "service_account", "private_key_id": "1", "private_key": ${key}, "client_email": "a@b"}`;
    expect(find(analyzer, text).map((match) => match.ruleId)).toEqual(['gcp-service-account-key']);
  });
  test('two secrets on one line are two matches, in order', () => {
    const text = `f("${sampleToken('slack')}", "${sampleToken('github')}")`;
    expect(find(analyzer, text).map((match) => match.ruleId)).toEqual(['slack-token', 'github-token']);
  });
});

test('an expired budget ends the work with what was found so far', () => {
  const text = `token = "${sampleToken('huggingface')}"`;
  expect(analyzer.analyze(createPart(text), { expired: () => true }).matches).toEqual([]);
});
