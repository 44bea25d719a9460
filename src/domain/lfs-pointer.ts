/** What stands in a repository for a file that is kept in Git LFS. */
import { Buffer } from 'node:buffer';

/** "A pointer file MUST be less than 1024 bytes": https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER_LIMIT = 1024;

const LFS_POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\r?\n(?:ext-\d-[\w.-]+ \S+\r?\n)*oid sha256:[0-9a-f]{64}\r?\nsize (\d+)\r?\n?$/;

/** The size in bytes of the object that a Git LFS pointer stands for, or null. Nothing else may stand in a pointer. */
export function lfsPointerSize(bytes: Uint8Array): number | null {
  if (bytes.length >= LFS_POINTER_LIMIT || bytes[0] !== 0x76) return null;
  const match = LFS_POINTER.exec(Buffer.from(bytes).toString('latin1'));
  return match === null ? null : Number(match[1]);
}
