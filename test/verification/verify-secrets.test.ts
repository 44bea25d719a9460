/** Which secrets of a verdict vendors are asked about, in which texts, and that the verdict stays as it was. */
import { describe, expect, it } from 'vitest';
import type { WholeChange } from '#domain/change-set.ts';
import type { Inspection, InspectionTask } from '#domain/inspection.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import type { VendorAnswer } from '#domain/verification.ts';
import { finding, rule } from '#test/policy/judged.ts';
import { emptyVerdict } from '#test/publish/verdicts.ts';
import { MAX_VERIFIED, type Verification, verifySecrets } from '#verification/verify-secrets.ts';

const ACME = `
vendor: Acme
sources: [https://docs.acme.test/api]
detectors: {acme-token: ['acme_{alnum:20}']}
request: {method: GET, url: https://api.acme.test/me, credential: {header: x-key}}
active: [{status: 200}]
inactive: []
`;
const NOW = new Date('2026-11-21T23:30:00Z');
const RULES = [rule('acme-token'), rule('other-token')];

const secret = (fingerprint: string, change: Parameters<typeof finding>[0] = {}) =>
  finding({
    ruleId: 'acme-token',
    analyzer: 'secrets',
    fingerprint,
    evidence: { entropy: 4, decoders: [] },
    ...change,
    location: { path: 'a.py', ...change.location },
  });
const content = (text: string) => ({ oid: '0', bytes: new TextEncoder().encode(text) });

const change: WholeChange = {
  mergeBase: 'a'.repeat(40),
  head: 'b'.repeat(40),
  files: ['a.py', 'b.py'].map((path) => ({
    path,
    previousPath: null,
    status: 'added',
    base: null,
    head: content(`head of ${path}`),
    hunks: [],
  })),
  skipped: [],
  history: {
    messages: [{ commit: 'c1', text: 'message of c1' }],
    changes: [{ commit: 'c1', path: 'a.py', oid: 'past', before: [] }],
    contents: new Map([['past', new TextEncoder().encode('a.py in c1')]]),
    skipped: [],
  },
};

/** A stand-in for the thread: what it was given, and the answers that it gives. */
function verifying(answers: Readonly<Record<string, VendorAnswer>> = {}) {
  const tasks: InspectionTask[] = [];
  const run = async (given: readonly InspectionTask[]): Promise<Inspection[]> => {
    tasks.push(...given);
    return given.map(({ ask = [] }) => ({
      findings: [],
      suppressions: [],
      skipped: [],
      analysed: false,
      verified: Object.fromEntries(
        ask.flatMap(({ fingerprint }) => (answers[fingerprint] ? [[fingerprint, answers[fingerprint]]] : [])),
      ),
    }));
  };
  return { run, tasks, read: () => tasks.map(({ bytes }) => new TextDecoder().decode(bytes)) };
}

function verify(verdict: Verdict, by: Verification['by'], more: { fork?: boolean; forks?: boolean } = {}) {
  return verifySecrets(verdict, change, {
    policy: { detectors: ['acme-token'], forks: more.forks ?? false },
    verification: { vendors: [{ path: 'acme.verify.yaml', text: ACME }], by, fork: more.fork ?? false },
    texts: { title: 'the title', description: 'the description' },
    rules: RULES,
    now: NOW,
  });
}

const verifiedOf = ({ evidence }: JudgedFinding) => evidence?.verified;

describe('vendors', () => {
  it('are asked about new secrets of the chosen detectors, and nothing of the verdict changes but the evidence', async () => {
    const verdict = emptyVerdict({
      conclusion: 'failure',
      blocking: [secret('1', { blocking: true, severity: 'critical' }), secret('2', { ruleId: 'other-token' })],
      advisory: [secret('3'), finding()],
      known: [secret('4', { state: 'known' })],
      fixed: [secret('5', { state: 'fixed' })],
      suppressed: [secret('6', { state: 'suppressed' })],
    });
    const pool = verifying({ 1: { answer: 'inactive' }, 3: { answer: 'unknown', reason: 'no-answer' } });
    const told = await verify(verdict, pool);
    expect(pool.tasks.flatMap(({ ask = [] }) => ask.map(({ fingerprint }) => fingerprint))).toEqual(['1', '3']);
    const asked = { vendor: 'Acme', on: '2026-11-21' };
    expect(told.blocking.map(verifiedOf)).toEqual([{ answer: 'inactive', ...asked }, undefined]);
    expect(told.advisory.map(verifiedOf)).toEqual([{ answer: 'unknown', reason: 'no-answer', ...asked }, undefined]);
    const without = (one: JudgedFinding) => ({ ...one, evidence: undefined });
    expect({ ...told, blocking: told.blocking.map(without), advisory: told.advisory.map(without) }).toEqual({
      ...verdict,
      blocking: verdict.blocking.map(without),
      advisory: verdict.advisory.map(without),
    });
  });

  it('are asked once for each text, wherever it is', async () => {
    const at = (location: Partial<JudgedFinding['location']>) => ({ location });
    const pool = verifying();
    await verify(
      emptyVerdict({
        blocking: [
          secret('1', at({ path: 'a.py' })),
          secret('2', at({ path: 'b.py' })),
          secret('3', at({ path: 'a.py' })),
          secret('4', at({ path: 'a.py', commit: 'c1' })),
          secret('5', at({ path: '(the message of commit c1)', commit: 'c1', text: 'message' })),
          secret('6', at({ path: '(the title)', text: 'title' })),
          secret('7', at({ path: '(the description)', text: 'description' })),
          secret('8', { ...at({ path: 'keys/x.txt' }), evidence: { entropy: 4, decoders: [], inFileName: true } }),
        ],
      }),
      pool,
    );
    expect(pool.read()).toEqual([
      'head of a.py',
      'head of b.py',
      'a.py in c1',
      'message of c1',
      'the title',
      'the description',
      'keys/x.txt',
    ]);
    expect(pool.tasks[0]?.ask).toEqual(['1', '3'].map((fingerprint) => ({ fingerprint, ruleId: 'acme-token' })));
  });

  it('are asked about so many secrets and no more, the worst first, and the others say so', async () => {
    const many = Array.from({ length: MAX_VERIFIED + 5 }, (_, index) => secret(`${index}`));
    const pool = verifying(Object.fromEntries(many.map((one) => [one.fingerprint, { answer: 'active' }])));
    const { blocking } = await verify(emptyVerdict({ blocking: many }), pool);
    expect(blocking.map((one) => verifiedOf(one)?.answer)).toEqual(
      many.map((_, index) => (index < MAX_VERIFIED ? 'active' : 'unknown')),
    );
    expect(verifiedOf(blocking.at(-1)!)?.reason).toBe('not-asked');
  });

  it.each([
    ['switched-off', {}, 'this server has verification switched off'],
    ['command-line', {}, 'the command line asks no vendor'],
    ['pool', { fork: true }, 'the pull request comes from a fork'],
  ] as const)('are not asked (%s), and the review says why', async (by, more, why) => {
    const pool = verifying();
    const verdict = emptyVerdict({ blocking: [secret('1'), secret('2')] });
    const told = await verify(verdict, by === 'pool' ? pool : by, more);
    expect(pool.tasks).toEqual([]);
    expect(told.blocking).toEqual(verdict.blocking);
    expect(told.notes).toEqual([
      `2 new secrets would have been verified with the vendor as the policy's \`verification\` asks, but ${why}.`,
    ]);
  });

  it('are asked for a fork where the policy says so, and nothing is said where there is nothing to ask', async () => {
    const pool = verifying();
    await verify(emptyVerdict({ blocking: [secret('1')] }), pool, {
      fork: true,
      forks: true,
    });
    expect(pool.tasks).toHaveLength(1);
    expect((await verify(emptyVerdict(), 'command-line')).notes).toEqual([]);
  });
});
