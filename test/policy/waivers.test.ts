import { describe, expect, it } from 'vitest';
import type { JudgedFinding } from '#domain/verdict.ts';
import { effectivePolicy } from '#policy/effective.ts';
import { parsePolicy } from '#policy/policy-file.ts';
import { MAX_WAIVERS } from '#policy/waiver.ts';
import { waive } from '#policy/waivers.ts';
import { finding } from './judged.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const SECRET = 'ab'.repeat(16);
const PATH = '.github/assay.yml';

const parse = (text: string) => parsePolicy(text, PATH, NOW);
const item = (change: Record<string, string> = {}) => {
  const fields = { secret: `"${SECRET}"`, rotated: '2026-11-20', reason: 'revoked by Ada', ...change };
  return `waivers:\n  - { ${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ')} }\n`;
};

describe('waivers in a policy', () => {
  it('name a secret, the day of its rotation, and why', () => {
    expect(parse(item()).policy?.waivers).toEqual([
      { secret: SECRET, rotated: '2026-11-20', reason: 'revoked by Ada' },
    ]);
    // The day may have begun elsewhere.
    expect(parse(item({ rotated: '2026-11-22' })).problems).toEqual([]);
  });

  it.each([
    [item({ rotated: '2026-11-23' }), '`waivers.0.rotated` is `2026-11-23`, which is in the future'],
    [item({ rotated: '2026-02-30' }), '`waivers.0.rotated` is `2026-02-30`, which is no day (YYYY-MM-DD)'],
    [item({ reason: '" "' }), '`waivers.0.reason` is ` `, which says nothing'],
    [item({ reason: 'x'.repeat(501) }), 'which is longer than 500 characters'],
    [item({ secret: 'hunter2' }), 'which is no fingerprint: 32 hex digits, as a review shows them'],
    [item({ until: '2027-01-01' }), '`waivers.0.until` is not a known key (known: `secret`, `rotated`, `reason`)'],
    ['waivers:\n  - { secret: "x" }\n', '`waivers.0.rotated` is missing'],
    [`waivers: [${'{}, '.repeat(MAX_WAIVERS + 1)}]`, `has more than ${MAX_WAIVERS} items`],
  ])('that are wrong are a problem with its line: %s', (text, said) => {
    const { policy, problems } = parse(text);
    expect(policy).toBeNull();
    const told = problems.map(({ key, message }) => `\`${key}\` ${message}`);
    expect(told).toContainEqual(expect.stringContaining(said));
    expect(problems[0]?.line).toBe(text.startsWith('waivers: [') ? 1 : 2);
  });

  it('of a repository count above an organisation where that is delegated', () => {
    const waivers = (organization: string) => {
      const { policy, notes } = effectivePolicy({ organization: parse(organization), repository: parse(item()) });
      return [policy.waivers.length, notes.map(({ sentence }) => sentence)];
    };
    expect(waivers('delegate: [waivers]')).toEqual([1, []]);
    expect(waivers('fail-on: high')).toEqual([
      0,
      [
        `\`${SECRET}\` in \`waivers\` of \`${PATH}\` does not count: the organisation's policy does not let repositories add to this list.`,
      ],
    ]);
    expect(waivers(item({ reason: 'ours' }))).toEqual([1, []]);
    const alone = effectivePolicy({ organization: null, repository: parse(item()) });
    expect(alone.policy.waivers).toHaveLength(1);
    expect(alone.digest).not.toBe(effectivePolicy({ organization: null, repository: parse('') }).digest);
  });
});

describe('a waiver', () => {
  const commit = 'c'.repeat(40);
  const secret = { fingerprint: SECRET, evidence: { entropy: 4, decoders: [] } };
  const waived = (change: Parameters<typeof finding>[0]): JudgedFinding =>
    waive(finding({ ...secret, ...change }), [{ secret: SECRET, rotated: '2026-11-20', reason: 'revoked' }], PATH);

  it('resolves what is in the history, or in a message', () => {
    for (const place of [
      { state: 'history', location: { commit } },
      { state: 'new', location: { commit, text: 'message' } },
    ] as const) {
      expect(waived(place)).toMatchObject({
        state: 'suppressed',
        suppression: { marker: 'waivers', reason: 'rotated on 2026-11-20: revoked', problem: null },
      });
    }
  });

  it.each([
    ['stands in a file of the head', { state: 'new' }],
    ['stands in a description', { state: 'new', location: { text: 'description' } }],
    ['is another one', { state: 'history', location: { commit }, fingerprint: 'cd'.repeat(16) }],
    ['stood there before', { state: 'known', location: { commit, text: 'message' } }],
  ] as const)('does nothing for a secret that %s', (_, change) => {
    expect(waived(change).state).toBe(change.state);
  });
});
