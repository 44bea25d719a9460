/** What kind of archive bytes are, by what stands at their beginning: a name can say anything. */
import type { Compression } from './decompress.ts';
import { isTarHeader } from './tar.ts';
import { hasDirectory } from './zip.ts';

/** `7z` is known, so that it can be named, and is not read. */
export type ArchiveKind = 'zip' | 'tar' | '7z' | Exclude<Compression, 'deflate'>;

const SIGNATURES: readonly (readonly [ArchiveKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
];
/** Text can begin like this, so that the first block's number has to follow. */
const BZIP2 = /^BZh[1-9]1AY&SY/;
const ZIP_NAME = /\.(?:zip|jar|whl|egg|pyz|exe)$/i;

/** Null for what is no archive. A zip may have a program before it, which its name must then give away. */
export function archiveKind(name: string, bytes: Uint8Array): ArchiveKind | null {
  const known = SIGNATURES.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte));
  if (known !== undefined) return known[0];
  if (isTarHeader(bytes, 0)) return 'tar';
  if (BZIP2.test(Buffer.from(bytes.subarray(0, 10)).toString('latin1'))) return 'bzip2';
  return ZIP_NAME.test(name) && hasDirectory(bytes) ? 'zip' : null;
}
