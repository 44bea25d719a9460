/** What people read about files that were not read, and about suppressions that do not count. */
import type { SkipReason } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';

export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  'too-large': 'Too large',
  'archive-limit': 'Archive over a limit, not read in full',
  encrypted: 'Encrypted',
  'review-too-large': 'Over the limit of one review',
  unreadable: 'Could not be read',
  'time-budget': 'Out of time',
  'too-many-findings': 'More findings than are told',
  crashed: 'An analyzer crashed on it',
  'broken-notebook': 'Broken notebook, read as plain text',
  'syntax-error': 'Syntax error, read around it',
  binary: 'Binary',
  'lfs-pointer': 'Git LFS pointer, the content is elsewhere',
  submodule: 'Submodule',
  symlink: 'Symbolic link',
  history: 'Earlier commits, not read in full',
  'ignored-by-policy': 'Left out by the policy',
};

/** After "does not count: ". */
export const SUPPRESSION_PROBLEM_WORDS: Readonly<Record<NonNullable<Suppression['problem']>, string>> = {
  'no-reason': 'it gives no reason',
  'no-date': 'it gives no last day',
  'bad-date': 'its last day is not a date (YYYY-MM-DD)',
  expired: 'it has expired',
  refused: 'the policy refuses those that a pull request brings along',
};
