/** What a file's bytes say about it before anything reads them as text. */
import { Buffer } from 'node:buffer';

/** "A pointer file MUST be less than 1024 bytes": https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER_LIMIT = 1024;
/** The bytes in which git looks for a NUL: FIRST_FEW_BYTES in https://github.com/git/git/blob/master/xdiff-interface.c */
const BINARY_PROBE = 8000;

const LFS_POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\r?\n(?:ext-\d-[\w.-]+ \S+\r?\n)*oid sha256:[0-9a-f]{64}\r?\nsize (\d+)\r?\n?$/;

/** The size in bytes of the object that a Git LFS pointer stands for, or null. Nothing else may stand in a pointer. */
export function lfsPointerSize(bytes: Uint8Array): number | null {
  if (bytes.length >= LFS_POINTER_LIMIT || bytes[0] !== 0x76) return null;
  const match = LFS_POINTER.exec(Buffer.from(bytes).toString('latin1'));
  return match === null ? null : Number(match[1]);
}

/** True as in git: a NUL among the first bytes, except in UTF-16, which git would not read and people do. */
export function isBinary(bytes: Uint8Array): boolean {
  return utf16Label(bytes) === null && bytes.subarray(0, BINARY_PROBE).includes(0);
}

/** The encoding that a UTF-16 byte order mark names. The mark of UTF-32 begins with the same two bytes, and is none. */
export function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes[2] === 0 && bytes[3] === 0 ? null : 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}
