/** A way to a change's contents: which files differ, and their sizes, bytes and hunks when they are asked for. */
import type { Hunk } from '#domain/change-set.ts';
import type { SkipReason } from '#domain/skipped.ts';
import type { TreeChange } from '#git/raw-diff.ts';

export interface Road {
  readonly changes: readonly TreeChange[];
  /** Object id to bytes, for the blobs that can be had. */
  sizes(oids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Why a blob cannot be had. */
  readonly absent: { readonly reason: SkipReason; readonly detail: string };
  /** `binary` when the road knows no more than that. */
  read(oids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array | 'binary'>>;
  /** In the order of `changes`, which have two sides of text that differ. */
  hunks(changes: readonly TreeChange[]): Promise<readonly (readonly Hunk[])[]>;
}
