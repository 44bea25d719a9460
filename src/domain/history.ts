/** What the commits of a change hold besides its two ends: contents that came and went, and what their authors wrote of them. */
import type { Skipped } from './skipped.ts';

export interface Commit {
  readonly oid: string;
  readonly parents: readonly string[];
  /** Without line ends at its end. */
  readonly message: string;
}

/** The commits that the head has and the base has not, or the last of them. */
export interface CommitList {
  readonly commits: readonly Commit[];
  /** How many there are; null where that is not known. */
  readonly total: number | null;
}

/** What one commit did to one path. */
export interface PastChange {
  readonly commit: string;
  readonly path: string;
  /** git's blob id; null where the commit leaves no file there. */
  readonly oid: string | null;
  /** What stood there in each of its parents that has the path. */
  readonly before: readonly string[];
}

export interface History {
  /** One for each commit, parents before children. */
  readonly messages: readonly { readonly commit: string; readonly text: string }[];
  /** Of every commit but the head, parents before children; of a merge, what is as in none of its parents. */
  readonly changes: readonly PastChange[];
  /** By blob id: those of `changes` that neither end of the change has. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly skipped: readonly Skipped[];
}
