/** How much of an archive is read: unpacking is in memory, and whoever made the archive may mean harm. */

import { threadTime } from '#domain/thread-time.ts';

/** Archives and compressions inside of each other: a `.tar.gz` is two. */
export const MAX_LAYERS = 8;
/** Entries of an archive and of all archives in it. */
export const MAX_ENTRIES = 10_000;
/** An entry larger than this is not read (bytes); the same bound as for a file. */
export const MAX_ENTRY_BYTES = 5 * 1024 * 1024;
/** A longer name of an entry is searched for secrets, and not shown (UTF-16 units); Linux takes none that is longer for a path. */
export const MAX_NAME_UNITS = 4_096;
/** What an archive may become in all its layers together (bytes). */
export const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
/** How many times its own size an archive may become, where that is more than MIN_RATIO_BYTES. */
export const MAX_RATIO = 200;
export const MIN_RATIO_BYTES = 16 * 1024 * 1024;
/** What unpacking one file may take (milliseconds). */
export const MAX_UNPACK_MS = 4_000;

/** What is left of the limits for one file of the repository; every layer of it draws on the same. */
export interface Allowance {
  /** The bytes that may still come out. */
  left(): number;
  /** Takes what came out. */
  spend(bytes: number): void;
  /** False when there were too many entries. */
  enter(): boolean;
  expired(): boolean;
}

/** `size` is that of the file (bytes). */
export function createAllowance(size: number): Allowance {
  const total = Math.min(MAX_UNPACKED_BYTES, Math.max(MIN_RATIO_BYTES, size * MAX_RATIO));
  const deadline = threadTime() + MAX_UNPACK_MS;
  let spent = 0;
  let entries = 0;
  return {
    left: () => Math.max(0, total - spent),
    spend(bytes) {
      spent += bytes;
    },
    enter: () => ++entries <= MAX_ENTRIES,
    expired: () => threadTime() > deadline,
  };
}
