import { describe, expect, it } from 'vitest';
import { delayAfter } from '#queue/backoff.ts';

describe('delayAfter', () => {
  it.each([
    [1, 2_000],
    [2, 4_000],
    [5, 32_000],
    [8, 256_000],
    [9, 300_000],
    [5_000, 300_000],
  ])('waits after attempt %i anything up to %i ms', (attempt, most) => {
    expect(delayAfter(attempt, null, () => 0)).toBe(0);
    expect(delayAfter(attempt, null, () => 0.5)).toBe(most / 2);
    expect(delayAfter(attempt, null, () => 1)).toBe(most);
  });

  it('never waits less than it was asked to, and spreads those that were asked the same', () => {
    expect(delayAfter(1, 60_000, () => 0)).toBe(60_000);
    expect(delayAfter(6, 3_600_000, () => 0.25)).toBe(3_600_500);
  });
});
