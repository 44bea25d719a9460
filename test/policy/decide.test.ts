import { describe, expect, it } from 'vitest';
import type { Verdict } from '#domain/verdict.ts';
import { decide, type Judgement } from '#policy/decide.ts';
import { DEFAULT_POLICY, type Policy } from '#policy/effective.ts';
import { finding, rule, skipped, suppression } from '#test/policy/judged.ts';

const RULES = [rule('torch-load-untrusted'), rule('pickle-load', { severity: 'medium' }), rule('eval-dynamic')];

function verdict(change: Omit<Partial<Judgement>, 'policy'> & { policy?: Partial<Policy> }): Verdict {
  return decide({
    judged: [],
    addedSuppressions: [],
    coverage: { analysed: 1, changed: 1, skipped: [] },
    notes: [],
    broken: false,
    rules: RULES,
    ...change,
    policy: { ...DEFAULT_POLICY, ...change.policy },
  });
}

describe('what blocks', () => {
  it.each<[Policy['failOn'], string[]]>([
    ['critical', ['critical']],
    ['high', ['critical', 'high']],
    ['medium', ['critical', 'high', 'medium']],
    ['info', ['critical', 'high', 'medium', 'low', 'info']],
    ['never', []],
  ])('fail-on %s: new findings of %j', (failOn, blocking) => {
    const judged = (['info', 'low', 'medium', 'high', 'critical'] as const).map((severity) => finding({ severity }));
    const result = verdict({ policy: { failOn }, judged });
    expect(result.blocking.map(({ severity }) => severity)).toEqual(blocking);
    expect(result.blocking.length + result.advisory.length).toBe(5);
    expect(
      [...result.blocking, ...result.advisory].every((one) => one.blocking === blocking.includes(one.severity)),
    ).toBe(true);
    expect(result.conclusion).toBe(blocking.length > 0 ? 'failure' : 'success');
  });

  it.each(['known', 'fixed', 'suppressed'] as const)('never what is %s', (state) => {
    const result = verdict({ judged: [finding({ severity: 'critical', state, suppression: suppression() })] });
    expect(result).toMatchObject({ conclusion: 'success', blocking: [], advisory: [] });
    expect(result[state]).toHaveLength(1);
  });
});

describe('the rules of the policy', () => {
  it('a disabled rule is left out, and counted', () => {
    const judged = [
      finding(),
      finding({ state: 'known' }),
      finding({ state: 'fixed' }),
      finding({ ruleId: 'pickle-load' }),
    ];
    const result = verdict({ policy: { disabledRules: ['torch-load-untrusted'] }, judged });
    expect(result.conclusion).toBe('failure');
    expect(result.blocking.map(({ ruleId }) => ruleId)).toEqual(['pickle-load']);
    expect({ known: result.known, fixed: result.fixed }).toEqual({ known: [], fixed: [] });
    expect(result.notes).toEqual(['2 findings are left out, because the policy disables `torch-load-untrusted`.']);
  });

  it('a severity is overridden, which decides what blocks', () => {
    const judged = [finding(), finding({ ruleId: 'pickle-load', severity: 'medium' })];
    const result = verdict({
      policy: { severity: { 'torch-load-untrusted': 'low', 'pickle-load': 'critical' } },
      judged,
    });
    expect(result.blocking).toMatchObject([{ ruleId: 'pickle-load', severity: 'critical' }]);
    expect(result.advisory).toMatchObject([{ ruleId: 'torch-load-untrusted', severity: 'low' }]);
    expect(result.notes).toEqual([]);
  });

  it('a minimum severity raises, and says when it would have lowered', () => {
    const judged = [finding(), finding({ ruleId: 'pickle-load', severity: 'medium' })];
    const policy = { minimumSeverity: { 'torch-load-untrusted': 'low', 'pickle-load': 'high' } } as const;
    const result = verdict({ policy, judged });
    expect(result.blocking.map(({ severity }) => severity)).toEqual(['high', 'high']);
    expect(result.notes).toEqual([
      "The repository's policy may not lower the severity of `torch-load-untrusted` to low; high stands.",
    ]);
  });

  it('a name that no rule has is reported, with what was probably meant', () => {
    const { notes } = verdict({
      policy: { disabledRules: ['pickel-load'], severity: { constructor: 'low' as const } },
    });
    expect(notes).toEqual([
      '`pickel-load` in `rules.disable` of the policy is no rule of this review. Did you mean `pickle-load`?',
      '`constructor` in `rules.severity` of the policy is no rule of this review.',
    ]);
  });
});

describe('suppressions that the change adds', () => {
  const expired = suppression({ problem: 'expired' });

  it('count unless the policy refuses them', () => {
    const result = verdict({ addedSuppressions: [suppression(), expired] });
    expect(result.addedSuppressions).toMatchObject([{ problem: null }, { problem: 'expired' }]);
    expect(result.notes).toEqual([]);
  });

  it('are shown as refused where the policy refuses them', () => {
    const result = verdict({ policy: { newSuppressions: 'refuse' }, addedSuppressions: [suppression(), expired] });
    expect(result.addedSuppressions).toMatchObject([{ problem: 'refused' }, { problem: 'expired' }]);
    expect(result.notes).toEqual([
      'One suppression that this change adds does not count: the policy refuses those that a pull request brings along.',
    ]);
  });
});

describe('an incomplete review', () => {
  const gap = { analysed: 0, changed: 1, skipped: [skipped('big.py', 'too-large', '30.1 MB')] };

  it.each(['success', 'neutral', 'failure'] as const)('concludes as the policy says: %s', (incomplete) => {
    expect(verdict({ policy: { incomplete }, coverage: gap })).toMatchObject({
      conclusion: incomplete,
      incomplete: true,
    });
    expect(verdict({ policy: { incomplete }, broken: true })).toMatchObject({
      conclusion: incomplete,
      incomplete: true,
    });
  });

  it('fails all the same when something blocks', () => {
    expect(verdict({ policy: { incomplete: 'success' }, coverage: gap, judged: [finding()] }).conclusion).toBe(
      'failure',
    );
  });

  it('is not made by what was never meant to be read, nor by the base side', () => {
    const harmless = [
      skipped('logo.png', 'binary'),
      skipped('docs/a.md', 'ignored-by-policy'),
      skipped('link', 'symlink'),
      skipped('big.py', 'too-large', '30.1 MB', { side: 'base' }),
    ];
    const result = verdict({ coverage: { analysed: 1, changed: 5, skipped: harmless } });
    expect(result).toMatchObject({ conclusion: 'success', incomplete: false });
  });
});

it('the order is the same whatever the order of what comes in', () => {
  const judged = [
    finding({ severity: 'critical', location: { path: 'z.py' } }),
    finding({ location: { path: 'a.py', startLine: 2 } }),
    finding({ location: { path: 'a.py', startLine: 10 } }),
    finding({ location: { path: 'b.py', startLine: 1 }, fingerprint: 'a' }),
    finding({ location: { path: 'b.py', startLine: 1 }, fingerprint: 'b' }),
  ];
  const expected = verdict({ judged }).blocking;
  expect(
    expected.map(({ location, fingerprint }) => `${location.path}:${location.startLine}:${fingerprint.slice(0, 1)}`),
  ).toEqual(['z.py:14:5', 'a.py:2:5', 'a.py:10:5', 'b.py:1:a', 'b.py:1:b']);
  expect(verdict({ judged: judged.toReversed() }).blocking).toEqual(expected);
});
