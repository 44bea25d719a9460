/** What a change touches, with both sides' bytes: the same whichever road it came by. */
import type { History } from './history.ts';
import type { Skipped } from './skipped.ts';

/** `oid` is git's blob id (40 or 64 hex digits). */
export interface Content {
  readonly oid: string;
  readonly bytes: Uint8Array;
}

/** A run of the diff with three lines of context; lines count from 1, and a count of 0 means that the side has none here. */
export interface Hunk {
  readonly baseStart: number;
  readonly baseLines: number;
  readonly headStart: number;
  readonly headLines: number;
}

export type ChangeStatus = 'added' | 'modified' | 'removed' | 'renamed';

export interface ChangedFile {
  readonly path: string;
  /** The path on the base side when the file was moved, else null. */
  readonly previousPath: string | null;
  readonly status: ChangeStatus;
  /** Null when the side has no such file, or has something there that is not analysed (then `skipped` says so). */
  readonly base: Content | null;
  readonly head: Content | null;
  readonly hunks: readonly Hunk[];
}

export interface ChangeSet {
  readonly mergeBase: string;
  readonly head: string;
  /** Sorted by path (code unit order). */
  readonly files: readonly ChangedFile[];
  readonly skipped: readonly Skipped[];
}

/** A change with what its commits hold besides. */
export interface WholeChange extends ChangeSet {
  readonly history: History;
}
