/** How a policy says that a secret has been rotated. */
import { z } from 'zod';

/** As reviews show it. */
const FINGERPRINT = /^[0-9a-f]{32}$/;
const MAX_REASON = 500;
/** The last places on earth to begin a day are twelve hours late, the first ones fourteen hours early. */
const EARLIEST_ZONE_MS = 14 * 60 * 60 * 1000;

export const Waiver = z.strictObject({
  secret: z.string().regex(FINGERPRINT, 'is no fingerprint: 32 hex digits, as a review shows them'),
  rotated: z.string().refine(isDay, 'is no day (YYYY-MM-DD)'),
  reason: z
    .string()
    .max(MAX_REASON, `is longer than ${MAX_REASON} characters`)
    .refine((text) => text.trim() !== '', 'says nothing'),
});
export type Waiver = z.infer<typeof Waiver>;

/** At most so many in a file: they are for secrets of open pull requests, and can go when those are closed. */
export const MAX_WAIVERS = 200;

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Nobody has rotated a secret on a day that has begun nowhere. */
export function futureIssues(waivers: readonly Waiver[], now: Date): z.core.$ZodIssue[] {
  const lastDay = new Date(now.getTime() + EARLIEST_ZONE_MS).toISOString().slice(0, 10);
  return waivers.flatMap(({ rotated }, index) =>
    rotated <= lastDay
      ? []
      : [{ code: 'custom', path: ['waivers', index, 'rotated'], message: 'is in the future', input: rotated }],
  );
}
