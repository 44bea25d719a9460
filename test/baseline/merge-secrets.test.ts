import { describe, expect, it } from 'vitest';
import { mergeSecrets } from '#baseline/merge-secrets.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { finding } from '#test/policy/judged.ts';
import { emptyVerdict } from '#test/publish/verdicts.ts';

const evidence = { entropy: 4.8, decoders: [] };
const secret = (path: string, startLine: number, change: Partial<JudgedFinding> = {}) =>
  finding({
    ruleId: 'vendor-token',
    analyzer: 'secrets',
    fingerprint: 'one',
    blocking: true,
    evidence,
    ...change,
    location: { path, startLine, endLine: startLine },
  });
const placesOf = ({ location, locations = [] }: JudgedFinding) =>
  [location, ...locations].map(({ path, startLine }) => `${path}:${startLine}`);

describe('one secret', () => {
  it('in five places is one finding with five places', () => {
    const found = ['e.py', 'a.py', 'd.py', 'b.py', 'c.py'].map((path) => secret(path, 3));
    const { blocking } = mergeSecrets(emptyVerdict({ blocking: found }));
    expect(blocking.map(placesOf)).toEqual([['a.py:3', 'b.py:3', 'c.py:3', 'd.py:3', 'e.py:3']]);
  });

  it('is told by the rule that knows most about it, with the worst severity', () => {
    const generic = secret('a.py', 1, { ruleId: 'generic-api-key', severity: 'high' });
    const vendor = secret('b.py', 2, { severity: 'medium', blocking: false });
    const verdict = mergeSecrets(emptyVerdict({ blocking: [generic], advisory: [vendor] }));
    expect(verdict.advisory).toEqual([]);
    expect(verdict.blocking).toMatchObject([{ ruleId: 'vendor-token', severity: 'high', blocking: true }]);
    expect(verdict.blocking.map(placesOf)).toEqual([['b.py:2', 'a.py:1']]);
  });

  it('names whoever found it in any of its places', () => {
    const found = [
      secret('a.py', 1),
      secret('b.py', 2, { ruleId: 'generic-api-key', evidence: { ...evidence, alsoFoundBy: ['team-key'] } }),
      secret('c.py', 3, { evidence: { ...evidence, alsoFoundBy: ['team-key'] } }),
    ];
    const { blocking } = mergeSecrets(emptyVerdict({ blocking: found }));
    expect(blocking).toMatchObject([
      { ruleId: 'vendor-token', evidence: { alsoFoundBy: ['generic-api-key', 'team-key'] } },
    ]);
  });

  it('that is copied says its new place, and where it was', () => {
    const { blocking, known } = mergeSecrets(
      emptyVerdict({
        blocking: [secret('copy.py', 1)],
        known: [secret('old.py', 7, { state: 'known', blocking: false })],
      }),
    );
    expect(blocking).toMatchObject([{ location: { path: 'copy.py' }, knownAt: [{ path: 'old.py', startLine: 7 }] }]);
    expect(known.map(placesOf)).toEqual([['old.py:7']]);
  });

  it('is told where it stands first: in a file of the head, then in a text of the change, then in an earlier commit', () => {
    const at = (path: string, place: Partial<JudgedFinding['location']>) => {
      const one = secret(path, 1);
      return { ...one, location: { ...one.location, ...place } };
    };
    const found = [at('old.py', { commit: 'c'.repeat(40) }), at('(the title)', { text: 'title' }), at('z.py', {})];
    const { blocking } = mergeSecrets(emptyVerdict({ blocking: found }));
    expect(blocking.map(placesOf)).toEqual([['z.py:1', '(the title):1', 'old.py:1']]);
  });

  it('is not fixed while it stands elsewhere', () => {
    const fixed = [
      secret('gone.py', 1, { state: 'fixed' }),
      secret('gone.py', 2, { state: 'fixed', fingerprint: 'b' }),
    ];
    const known = [secret('old.py', 7, { state: 'known' })];
    expect(mergeSecrets(emptyVerdict({ known, fixed })).fixed.map(placesOf)).toEqual([['gone.py:2']]);
  });
});

it('leaves two secrets, other findings and suppressed places alone', () => {
  const verdict = emptyVerdict({
    blocking: [secret('a.py', 1), secret('a.py', 2, { fingerprint: 'two' }), finding(), finding()],
    suppressed: [secret('s.py', 1, { state: 'suppressed' }), secret('s.py', 2, { state: 'suppressed' })],
  });
  expect(mergeSecrets({ ...verdict, blocking: verdict.blocking.map((one) => ({ ...one, blocking: true })) })).toEqual({
    ...verdict,
    blocking: verdict.blocking.map((one) => ({ ...one, blocking: true })),
  });
});
