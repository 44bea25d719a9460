/** What unpacking gives: the parts to analyse, and what could not be read or not be read in full. */
import type { Part } from '#domain/part.ts';
import type { SkipReason } from '#domain/skipped.ts';

export interface Unread {
  readonly reason: SkipReason;
  /** A short clause without a full stop. */
  readonly detail: string;
}

export interface Unpacked {
  readonly parts: readonly Part[];
  readonly skipped: readonly Unread[];
}
