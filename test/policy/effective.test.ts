import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, type EffectivePolicy, effectivePolicy, type Policy } from '#policy/effective.ts';
import { isIgnored } from '#policy/is-ignored.ts';
import { parsePolicy } from '#policy/policy-file.ts';

function effective(organization: string | null, repository: string | null): EffectivePolicy {
  return effectivePolicy({
    organization: organization === null ? null : parsePolicy(organization, 'acme/.github/assay.yml'),
    repository: repository === null ? null : parsePolicy(repository, '.github/assay.yml'),
  });
}

const sentences = ({ notes }: EffectivePolicy): string[] => notes.map(({ sentence }) => sentence);

describe('without an organisation', () => {
  it('no file at all is the default policy', () => {
    expect(effective(null, null)).toMatchObject({ policy: DEFAULT_POLICY, notes: [], broken: false });
  });

  it('the repository decides freely', () => {
    const { policy, notes, broken } = effective(
      null,
      'fail-on: never\nignore-paths: [docs]\nrules: { disable: [a], severity: { b: info } }\ndrafts: skip\nincomplete: success\nsuppressions: { new: refuse }',
    );
    expect(policy).toEqual({
      ...DEFAULT_POLICY,
      failOn: 'never',
      ignorePaths: ['docs'],
      disabledRules: ['a'],
      severity: { b: 'info' },
      minimumSeverity: {},
      drafts: 'skip',
      incomplete: 'success',
      newSuppressions: 'refuse',
    });
    expect({ notes, broken }).toEqual({ notes: [], broken: false });
  });

  it('a broken file counts nowhere, and says so with its place', () => {
    const result = effective(null, 'drafts: skip\nfail-on: hgih\n');
    expect(result).toMatchObject({ policy: DEFAULT_POLICY, broken: true });
    expect(sentences(result)).toEqual([
      '`.github/assay.yml` cannot be used, so this review ran on the default policy.',
      '`.github/assay.yml`, line 2, column 10: `fail-on` cannot be `hgih` (did you mean `high`? allowed: `critical`, `high`, `medium`, `low`, `info`, `never`).',
    ]);
  });
});

describe("the organisation's file is a floor", () => {
  const settings: [text: string, key: keyof Policy, values: string[]][] = [
    ['fail-on: VALUE', 'failOn', ['info', 'low', 'medium', 'high', 'critical', 'never']],
    ['drafts: VALUE', 'drafts', ['review', 'skip']],
    ['incomplete: VALUE', 'incomplete', ['failure', 'neutral', 'success']],
    ['suppressions: { new: VALUE }', 'newSuppressions', ['refuse', 'allow']],
    ['archives: { above-limit: VALUE }', 'archivesAboveLimit', ['finding', 'report']],
    ['rules: { severity: { a: VALUE } }', 'severity', ['critical', 'high', 'medium', 'low', 'info']],
  ];
  const cases = settings.flatMap(([text, key, values]) =>
    values.flatMap((floor, i) =>
      values.map((wanted, j) => ({ text, key, floor, wanted, stands: values[Math.min(i, j)]! })),
    ),
  );

  it.each(cases)('$text: floor $floor, wanted $wanted, stands $stands', ({ text, key, floor, wanted, stands }) => {
    const result = effective(text.replace('VALUE', floor), text.replace('VALUE', wanted));
    const value = result.policy[key];
    expect(key === 'severity' ? (value as Policy['severity']).a : value).toBe(stands);
    expect(sentences(result)).toHaveLength(wanted === stands ? 0 : 1);
  });

  it('also for what it does not mention: the defaults stand', () => {
    const result = effective(
      'fail-on: medium',
      'fail-on: critical\nignore-paths: ["docs/**", data]\nrules: { disable: [pickle-load] }\ndrafts: skip\nincomplete: success\n',
    );
    expect(result.policy).toEqual({ ...DEFAULT_POLICY, failOn: 'medium' });
    expect(result.broken).toBe(false);
    expect(sentences(result)).toEqual([
      "`fail-on: critical` in `.github/assay.yml` is looser than the organisation's policy allows; `fail-on: medium` stands.",
      "`docs/**`, `data` in `ignore-paths` of `.github/assay.yml` do not count: the organisation's policy does not let repositories add to this list.",
      "`pickle-load` in `rules.disable` of `.github/assay.yml` does not count: the organisation's policy does not let repositories add to this list.",
      "`drafts: skip` in `.github/assay.yml` is looser than the organisation's policy allows; `drafts: review` stands.",
      "`incomplete: success` in `.github/assay.yml` is looser than the organisation's policy allows; `incomplete: neutral` stands.",
    ]);
  });

  it('lets go of what it delegates', () => {
    const result = effective(
      'ignore-paths: [vendor]\nrules: { disable: [a], severity: { b: high } }\ndelegate: [fail-on, ignore-paths, disable-rules, severity, drafts, incomplete, suppressions]',
      'fail-on: never\nignore-paths: [docs, vendor]\nrules: { disable: [c], severity: { b: low, d: info } }\ndrafts: skip\nincomplete: success\nsuppressions: { new: allow }',
    );
    expect(result.notes).toEqual([]);
    expect(result.policy).toEqual({
      ...DEFAULT_POLICY,
      failOn: 'never',
      ignorePaths: ['vendor', 'docs'],
      disabledRules: ['a', 'c'],
      severity: { b: 'low', d: 'info' },
      minimumSeverity: {},
      drafts: 'skip',
      incomplete: 'success',
      newSuppressions: 'allow',
    });
  });

  it('lets a repository only raise the severity of a rule that it does not mention', () => {
    const { policy } = effective(
      'rules: { severity: { a: high } }',
      'rules: { severity: { a: critical, b: critical } }',
    );
    expect(policy).toMatchObject({ severity: { a: 'critical' }, minimumSeverity: { b: 'critical' } });
  });

  it('stands alone when the repository has no file, or a broken one', () => {
    expect(effective('fail-on: low', null).policy.failOn).toBe('low');
    const result = effective('fail-on: low', 'nonsense');
    expect(result).toMatchObject({ policy: { failOn: 'low' }, broken: true });
    expect(sentences(result)[0]).toBe(
      "`.github/assay.yml` cannot be used, so this review ran on the organisation's policy.",
    );
  });

  it('is the default one when it is broken, and then delegates nothing', () => {
    const result = effective(
      'delegate: [fail-on]\nfail_on: low',
      'fail-on: never\ndrafts: review\nsuppressions: { new: refuse }',
    );
    expect(result).toMatchObject({ policy: { failOn: 'high', newSuppressions: 'refuse' }, broken: true });
    expect(sentences(result)).toEqual([
      '`acme/.github/assay.yml` cannot be used, so this review ran on the default policy.',
      expect.stringContaining('line 2, column 1: `fail_on` is not a known key'),
      '`fail-on: never` in `.github/assay.yml` is looser than the default policy allows; `fail-on: high` stands.',
    ]);
  });

  it("is not something that a repository's file can hand out", () => {
    expect(sentences(effective('fail-on: high', 'delegate: [fail-on]\nfail-on: never'))).toEqual([
      expect.stringContaining('`fail-on: high` stands'),
      "`delegate` in `.github/assay.yml` does nothing: it belongs in the organisation's file.",
    ]);
  });

  it('knows rules whose names JavaScript knows too', () => {
    const { policy } = effective('fail-on: high', 'rules: { severity: { constructor: low, toString: low } }');
    expect(policy.minimumSeverity).toEqual({ constructor: 'low', toString: 'low' });
  });
});

describe('the digest', () => {
  it('is that of the outcome, not of the text', () => {
    const plain = effective(null, 'rules: { severity: { a: low, b: high } }\ndrafts: review');
    const other = effective(null, '# the same\nrules:\n  severity:\n    b: high\n    a: low\n');
    expect(plain.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(other.digest).toBe(plain.digest);
    expect(effective(null, 'fail-on: low').digest).not.toBe(plain.digest);
    expect(effective(null, 'broken').digest).toBe(effective(null, null).digest);
  });
});

it('paths are ignored as the policy says', () => {
  const { policy } = effective(null, 'ignore-paths: ["docs/**", "*.min.js"]');
  expect(['docs/a.md', 'x/y.min.js', 'src/a.py'].map((path) => isIgnored(policy, path))).toEqual([true, true, false]);
  expect(isIgnored(DEFAULT_POLICY, 'docs/a.md')).toBe(false);
});
