/** What was not read, and why: shown in every review, so that incomplete never looks clean. */
import { z } from 'zod';

export const SKIP_REASONS = [
  'too-large',
  'archive-limit',
  'encrypted',
  'review-too-large',
  'binary',
  'symlink',
  'submodule',
  'lfs-pointer',
  'ignored-by-policy',
  'unreadable',
  'time-budget',
  'crashed',
  'broken-notebook',
  'syntax-error',
  'too-many-findings',
  'history',
] as const;
export const SkipReason = z.enum(SKIP_REASONS);
export type SkipReason = z.infer<typeof SkipReason>;

/** `analyzer` is null when no analyzer saw the file; `detail` is a short clause without a full stop. */
export const Skipped = z.object({
  path: z.string(),
  side: z.enum(['base', 'head']),
  analyzer: z.string().nullable(),
  reason: SkipReason,
  detail: z.string(),
});
export type Skipped = z.infer<typeof Skipped>;

const GAPS: ReadonlySet<SkipReason> = new Set<SkipReason>([
  'too-large',
  'archive-limit',
  'encrypted',
  'review-too-large',
  'unreadable',
  'time-budget',
  'crashed',
  'too-many-findings',
  'broken-notebook',
  'syntax-error',
  'history',
]);

/** True when the review was meant to read this and could not: such a review is incomplete. */
export function isGap(skipped: Skipped): boolean {
  return GAPS.has(skipped.reason);
}
