/** Git's own name for bytes: proves that text which came through an API is what is stored. */
import { createHash } from 'node:crypto';

/** `like` is an id of the same repository: its length says which hash the repository uses. */
export function blobOid(bytes: Uint8Array, like: string): string {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
