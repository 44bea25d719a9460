/** Which secrets a policy lets Assay ask their vendors about, and who decides. */
import { describe, expect, it } from 'vitest';
import { effectivePolicy } from '#policy/effective.ts';
import { parsePolicy } from '#policy/policy-file.ts';
import { verificationNotes } from '#policy/verification.ts';

function effective(organization: string | null, repository: string | null) {
  const { policy, notes } = effectivePolicy({
    organization: organization === null ? null : parsePolicy(organization, 'acme/.github: .github/assay.yml'),
    repository: repository === null ? null : parsePolicy(repository, '.github/assay.yml'),
  });
  return { ...policy.verification, notes: notes.map(({ sentence }) => sentence) };
}

const OFF = { detectors: [], forks: false, notes: [] };

describe('verification', () => {
  it('is off by default, and without an organisation what the repository says', () => {
    expect(effective(null, null)).toEqual(OFF);
    expect(effective(null, 'verification: {}')).toEqual(OFF);
    const chosen = { detectors: ['a', 'b'], forks: true, notes: [] };
    expect(effective(null, 'verification: {detectors: [a, b], forks: true}')).toEqual(chosen);
  });

  it('cannot be switched on or widened where the organisation does not delegate it', () => {
    expect(effective('fail-on: high', 'verification: {detectors: [a], forks: true}')).toEqual({
      ...OFF,
      notes: [
        "`a` in `verification.detectors` of `.github/assay.yml` does not count: the organisation's policy does not let repositories add to this list.",
        "`verification.forks: true` in `.github/assay.yml` is looser than the organisation's policy allows; `verification.forks: false` stands.",
      ],
    });
    expect(effective('verification: {detectors: [a]}', 'verification: {detectors: [a, b]}')).toMatchObject({
      detectors: ['a'],
      notes: [expect.stringMatching(/^`b` in/)],
    });
  });

  it('may always be narrowed', () => {
    const floor = 'verification: {detectors: [a, b], forks: true}';
    expect(effective(floor, null)).toEqual({ detectors: ['a', 'b'], forks: true, notes: [] });
    expect(effective(floor, 'verification: {detectors: [b]}')).toEqual({ detectors: ['b'], forks: true, notes: [] });
    expect(effective(floor, 'verification: {detectors: [], forks: false}')).toEqual(OFF);
  });

  it('may be widened where that is delegated', () => {
    const floor = 'verification: {detectors: [a]}\ndelegate: [verification]';
    const wanted = 'verification: {detectors: [b], forks: true}';
    expect(effective(floor, wanted)).toEqual({ detectors: ['b'], forks: true, notes: [] });
  });

  it('has no default that a broken organisation file could be widened from', () => {
    expect(effective('verification: on', 'verification: {detectors: [a]}')).toMatchObject({ detectors: [] });
  });

  it.each([
    ['verification: [a]', '[verification] must be a mapping of keys to values, not a list'],
    ['verification: {detectors: a}', '[verification.detectors] must be a list, not `a`'],
    ['verification: {forks: maybe}', '[verification.forks] must be `true` or `false`, not `maybe`'],
    ['verification: {detector: [a]}', '[verification.detector] is not a known key (did you mean `detectors`?'],
  ])('is refused as %s', (text, problem) => {
    const { problems } = parsePolicy(text, 'p');
    expect(problems.map(({ key, message }) => `[${key}] ${message}`)).toEqual([expect.stringContaining(problem)]);
  });
});

it('names detectors that it names in vain', () => {
  const policy = { detectors: ['hf-token', 'hf-tokn', 'webhook'], forks: false };
  expect(verificationNotes(policy, new Set(['hf-token', 'webhook']), ['hf-token']).map((n) => n.sentence)).toEqual([
    '`hf-tokn` in `verification.detectors` of the policy is no rule of this review. Did you mean `hf-token`?',
    '`webhook` in `verification.detectors` of the policy does nothing: its vendor cannot be asked.',
  ]);
});
