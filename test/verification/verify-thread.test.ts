/** The thread that asks vendors: it is told which secrets of a file, and answers for each of them with a word. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BUILT_IN_RULES, readRulebook } from '#analyzers/rulebook.ts';
import { createInspectionPool, type InspectionPool } from '#analyzers/run.ts';
import { createSecretsAnalyzer } from '#analyzers/secrets/secrets.ts';
import { fingerprintAll } from '#baseline/fingerprint.ts';
import { createPart, NO_LIMIT } from '#test/analyzers/secrets/support.ts';
import { type FakeVendors, secretOf, startFakeVendors } from '#test/support/fake-vendors.ts';
import { sampleToken } from '#test/support/samples.ts';

const fingerprintKey = 'k';
const token = sampleToken('huggingface');
const other = sampleToken('huggingface', 2);
const text = `a = "${token}"\nb = "${other}"\n`;

let vendors: FakeVendors;
let pool: InspectionPool;
let ask: { fingerprint: string; ruleId: string }[];
beforeAll(async () => {
  vendors = await startFakeVendors(['https://huggingface.co']);
  vendors.answer = (request) => (secretOf(request) === token ? { status: 200, body: { name: 'a' } } : { status: 401 });
  const rulebook = { ...readRulebook({ paths: [BUILT_IN_RULES] }), code: [] };
  const entry = new URL('../../src/verification/verify-thread.ts', import.meta.url);
  pool = createInspectionPool({ entry, threads: 1, rulebook, fingerprintKey, origins: vendors.origins });
  const analyzer = await createSecretsAnalyzer(rulebook.secrets, { fingerprintKey });
  const { matches } = analyzer.analyze(createPart(text), NO_LIMIT);
  ask = fingerprintAll(matches).map((fingerprint, index) => ({ fingerprint, ruleId: matches[index]!.ruleId }));
});
afterAll(() => Promise.all([pool.close(), vendors.close()]));

const verify = async (asked: typeof ask, content = text) => {
  const bytes = new TextEncoder().encode(content);
  const [inspection] = await pool.run([{ path: 'a.py', side: 'head', bytes, now: 0, ask: asked }], {});
  return inspection;
};

it('answers for the secrets that it is asked about, and nothing else leaves it', async () => {
  const [first, second] = ask;
  expect(await verify(ask)).toEqual({
    findings: [],
    suppressions: [],
    skipped: [],
    analysed: false,
    verified: { [first!.fingerprint]: { answer: 'active' }, [second!.fingerprint]: { answer: 'inactive' } },
  });
});

it('sends no other secret of the file', async () => {
  vendors.requests.length = 0;
  await verify([ask[1]!]);
  expect(vendors.requests.map(secretOf)).toEqual([other]);
});

it.each([
  ['that the file does not have', () => [{ ...ask[0]!, fingerprint: '0'.repeat(32) }]],
  ['that another rule is to have found', () => [{ ...ask[0]!, ruleId: 'github-token' }]],
])('sends no secret %s', async (_, asked) => {
  vendors.requests.length = 0;
  const inspection = await verify(asked());
  expect(Object.values(inspection?.verified ?? {})).toEqual([{ answer: 'unknown', reason: 'not-sent' }]);
  expect(vendors.requests).toEqual([]);
});
