/** How long to wait before the same work is tried again. */

export interface Backoff {
  readonly baseMs: number;
  readonly capMs: number;
}

export const BACKOFF: Backoff = { baseMs: 2_000, capMs: 300_000 };

/**
 * Milliseconds before the attempt after `attempt` (from 1): exponential with full jitter. A wait that the other side
 * asked for is never cut short; what is added spreads those that were all told the same time.
 */
export function delayAfter(
  attempt: number,
  afterMs: number | null,
  random: () => number,
  { baseMs, capMs } = BACKOFF,
): number {
  if (afterMs !== null) return afterMs + random() * baseMs;
  return random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt - 1, 30));
}
