/** GitHub's rate limits: counted for each installation, shown on every answer, and enforced. */
import { type Refusal, refuse } from './reply.ts';

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: the least that an installation has. */
const HOURLY = 5000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export type Resource = 'core' | 'graphql';

export interface Usage {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Seconds since 1970. */
  readonly reset: number;
}

export interface LimitOptions {
  /** Requests for each installation, hour and resource. */
  readonly hourly?: number;
  /** The secondary limit on writes; none unless given. */
  readonly writesPerMinute?: number;
}

export interface Limits {
  usage(installation: number, resource: Resource): Usage;
  /** Counts one request; gives the refusal when it is one too many. */
  count(installation: number, resource: Resource, write: boolean): Refusal | null;
}

export function createLimits({ hourly = HOURLY, writesPerMinute }: LimitOptions, now: () => number): Limits {
  const windows = new Map<string, { used: number; resetAt: number }>();
  const writes = new Map<number, number[]>();

  function window(installation: number, resource: Resource) {
    const key = `${installation} ${resource}`;
    const known = windows.get(key);
    if (known !== undefined && known.resetAt > now()) return known;
    const fresh = { used: 0, resetAt: now() + HOUR_MS };
    windows.set(key, fresh);
    return fresh;
  }

  function tooManyWrites(installation: number): Refusal | null {
    if (writesPerMinute === undefined) return null;
    const recent = (writes.get(installation) ?? []).filter((at) => at > now() - MINUTE_MS);
    writes.set(installation, recent);
    if (recent.length >= writesPerMinute) {
      const headers = { 'retry-after': String(Math.ceil((recent[0]! + MINUTE_MS - now()) / 1000)) };
      return {
        ...refuse(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'),
        headers,
      };
    }
    recent.push(now());
    return null;
  }

  return {
    usage(installation, resource) {
      const { used, resetAt } = window(installation, resource);
      const shown = Math.min(used, hourly);
      return { limit: hourly, used: shown, remaining: hourly - shown, reset: Math.ceil(resetAt / 1000) };
    },
    count(installation, resource, write) {
      const current = window(installation, resource);
      current.used++;
      if (current.used > hourly) return refuse(403, `API rate limit exceeded for installation ID ${installation}.`);
      return write ? tooManyWrites(installation) : null;
    },
  };
}

export function rateLimitHeaders(usage: Usage, resource: Resource): Record<string, string> {
  return {
    'x-ratelimit-limit': String(usage.limit),
    'x-ratelimit-remaining': String(usage.remaining),
    'x-ratelimit-used': String(usage.used),
    'x-ratelimit-reset': String(usage.reset),
    'x-ratelimit-resource': resource,
  };
}
