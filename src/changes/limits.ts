/** How much of a change is read, and which of its paths: what both roads obey. */

import { isArchiveName } from './readable.ts';

export interface ChangeLimits {
  /** A file larger than this is not read. */
  readonly maxFileBytes: number;
  /** All contents of a review together: they are held in memory. */
  readonly maxReviewBytes: number;
  /** True for a path that the policy takes out of the review. */
  readonly ignore: (path: string) => boolean;
  /** True for a path whose bytes an analyzer reads even when they are binary. */
  readonly needsBytes: (path: string) => boolean;
}

export const DEFAULT_LIMITS: ChangeLimits = {
  maxFileBytes: 5 * 1024 * 1024,
  maxReviewBytes: 200 * 1024 * 1024,
  ignore: () => false,
  needsBytes: isArchiveName,
};
