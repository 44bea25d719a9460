/** How much of a change is read, and which of its paths: what both roads obey. */

import { needsBytes } from './readable.ts';

export interface ChangeLimits {
  /** A file larger than this is not read. */
  readonly maxFileBytes: number;
  /** All contents of a review together: they are held in memory. */
  readonly maxReviewBytes: number;
  /** Commits of a change that are looked at: as many as GitHub names in one answer. */
  readonly maxCommits: number;
  /** Their messages together, where they are read from git. */
  readonly maxMessageBytes: number;
  /** Contents that stood in earlier commits only, and their bytes together. */
  readonly maxPastFiles: number;
  readonly maxPastBytes: number;
  /** True for a path that the policy takes out of the review. */
  readonly ignore: (path: string) => boolean;
  /** True for a path whose bytes are asked for what they are even when they are binary. */
  readonly needsBytes: (path: string) => boolean;
}

export const DEFAULT_LIMITS: ChangeLimits = {
  maxFileBytes: 5 * 1024 * 1024,
  maxReviewBytes: 200 * 1024 * 1024,
  maxCommits: 250,
  maxMessageBytes: 64 * 1024 * 1024,
  maxPastFiles: 2_000,
  maxPastBytes: 100 * 1024 * 1024,
  ignore: () => false,
  needsBytes,
};
