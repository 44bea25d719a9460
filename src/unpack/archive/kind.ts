/** What kind of archive bytes are, by what stands at their beginning: a name can say anything. */
import { Buffer, isUtf8 } from 'node:buffer';
import type { Compression } from './decompress.ts';
import { isLzma } from './lzma.ts';
import { isTarHeader } from './tar.ts';
import { hasDirectory } from './zip.ts';

/** Known, so that they can be named, and not read. */
export const UNREAD_KINDS = ['rar', 'cab', 'lz4', 'lzip', 'compress'] as const;
export type UnreadKind = (typeof UNREAD_KINDS)[number];
export type CompressedFile = Exclude<Compression, 'deflate' | 'lzma2'>;
export type ArchiveKind = 'zip' | 'tar' | '7z' | CompressedFile | UnreadKind;

const SIGNATURES: readonly (readonly [ArchiveKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  // A frame for other readers, which pzstd writes first.
  ['zstd', [0x50, 0x2a, 0x4d, 0x18]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['cab', [0x4d, 0x53, 0x43, 0x46, 0, 0, 0, 0]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['lzip', [0x4c, 0x5a, 0x49, 0x50, 0x01]],
  ['compress', [0x1f, 0x9d]],
];
/** Text can begin like this, so that the first block's number has to follow. */
const BZIP2 = /^BZh[1-9]1AY&SY/;
const ZIP_NAME = /\.(?:zip|jar|whl|egg|pyz|exe)$/i;
const LZMA_NAME = /\.(?:lzma|tlz)$/i;
const BROTLI_NAME = /\.br$/i;

/** Null for what is no archive. A zip may have a program before it, which its name must then give away. */
export function archiveKind(name: string, bytes: Uint8Array): ArchiveKind | null {
  const known = SIGNATURES.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte));
  if (known !== undefined) return known[0];
  if (isTarHeader(bytes, 0)) return 'tar';
  if (BZIP2.test(Buffer.from(bytes.subarray(0, 10)).toString('latin1'))) return 'bzip2';
  if (LZMA_NAME.test(name) && isLzma(bytes)) return 'lzma';
  // Brotli has no sign at all: what is text is none.
  if (BROTLI_NAME.test(name) && !isUtf8(bytes)) return 'brotli';
  return ZIP_NAME.test(name) && hasDirectory(bytes) ? 'zip' : null;
}
