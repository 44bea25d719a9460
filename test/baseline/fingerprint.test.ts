import { describe, expect, it } from 'vitest';
import { fingerprintAll } from '#baseline/fingerprint.ts';

const MATCH = { ruleId: 'r', identity: 'f(x)', scope: 'train' };

describe('fingerprints', () => {
  it('are 32 hex digits, and the same on every machine and every day', () => {
    expect(fingerprintAll([MATCH])).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(fingerprintAll([MATCH])).toEqual(fingerprintAll([{ ...MATCH }]));
    expect(fingerprintAll([{ ruleId: 'a', identity: 'b', scope: 'c' }])).toEqual(['842bc65134558412970f0e1784b7b552']);
  });

  it.each([
    ['rule', { ...MATCH, ruleId: 's' }],
    ['identity', { ...MATCH, identity: 'f(y)' }],
    ['scope', { ...MATCH, scope: '' }],
    ['the border between them', { ruleId: 'r', identity: 'f(x)train', scope: '' }],
  ])('differ by %s', (_, other) => {
    expect(fingerprintAll([other])).not.toEqual(fingerprintAll([MATCH]));
  });

  it('count occurrences of the same, and of nothing else', () => {
    const other = { ...MATCH, scope: 'load' };
    const [first, second, third] = fingerprintAll([MATCH, other, MATCH]);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(fingerprintAll([MATCH, MATCH])).toEqual([first, third]);
    expect(fingerprintAll([other])).toEqual([second]);
  });

  it('do not depend on where a match stands', () => {
    const placed = (line: number) => ({ ...MATCH, start: line * 10, end: line * 10 + 4, excerpt: `line ${line}` });
    expect(fingerprintAll([placed(1)])).toEqual(fingerprintAll([placed(900)]));
  });
});
