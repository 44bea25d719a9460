/** Takes one compression off, within a bound: what would become more is not unpacked at all. */
import { constants, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import { unpackBzip2 } from './bzip2.ts';
import { createOutput, DecodeError, type Output, type OutputFault } from './output.ts';
import { unpackXz } from './xz.ts';

export type Compression = 'gzip' | 'deflate' | 'zstd' | 'bzip2' | 'xz';

export type Decompressed =
  | { readonly bytes: Uint8Array; readonly fault: null }
  /** `bytes` are those that came out before. */
  | { readonly bytes: Uint8Array; readonly fault: OutputFault };

/** `limit` is in bytes. A stream of deflate that breaks off counts as whole. */
export function decompress(
  compression: Compression,
  bytes: Uint8Array,
  limit: number,
  expired: () => boolean,
): Decompressed {
  const own = OWN[compression];
  if (own !== undefined) return unpackInto(own, bytes, createOutput(limit, expired));
  // Zlib takes no bound of zero.
  const maxOutputLength = Math.max(1, limit);
  try {
    return { bytes: ZLIB[compression]!(bytes, maxOutputLength), fault: null };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return { bytes: NOTHING, fault: 'too-large' };
    if (code?.startsWith('Z_') || code?.startsWith('ZSTD_')) return { bytes: NOTHING, fault: 'damaged' };
    throw error;
  }
}

/** Compressed bytes that zlib is shown for a peek, and the most that comes of it (bytes). */
const PEEK_BYTES = 4_096;
const PEEK_LIMIT = 8 * 1024 * 1024;
/** One chunk of LZMA2 makes up to 2 MiB, and is unpacked whole. */
const OWN_PEEK_LIMIT = 2 * 1024 * 1024;

/** The beginning of the content; empty where it does not show without the rest. */
export function peek(compression: Compression, bytes: Uint8Array, expired: () => boolean): Uint8Array {
  return OWN[compression] === undefined
    ? decompress(compression, bytes.subarray(0, PEEK_BYTES), PEEK_LIMIT, expired).bytes
    : decompress(compression, bytes, OWN_PEEK_LIMIT, expired).bytes;
}

const NOTHING = new Uint8Array();

const ZLIB: Readonly<Partial<Record<Compression, (bytes: Uint8Array, maxOutputLength: number) => Uint8Array>>> = {
  gzip: (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: (bytes, maxOutputLength) => inflateRawSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }),
  zstd: (bytes, maxOutputLength) => zstdDecompressSync(bytes, { maxOutputLength }),
};

/** Node has none of these. */
const OWN: Readonly<Partial<Record<Compression, (bytes: Uint8Array, output: Output) => void>>> = {
  bzip2: unpackBzip2,
  xz: unpackXz,
};

function unpackInto(
  decode: (bytes: Uint8Array, output: Output) => void,
  bytes: Uint8Array,
  output: Output,
): Decompressed {
  try {
    decode(bytes, output);
    return { bytes: output.buffer().subarray(0, output.length), fault: null };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { bytes: output.buffer().subarray(0, output.length), fault: error.fault };
  }
}
