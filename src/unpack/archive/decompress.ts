/** Takes one compression off, within a bound: what would become more is not unpacked at all. */
import { unpackBzip2 } from './bzip2.ts';
import { unpackLzma } from './lzma.ts';
import { unpackLzma2 } from './lzma2.ts';
import { NODE_ZLIB, unzipMember } from './node-zlib.ts';
import { createOutput, DecodeError, type Output, type OutputFault } from './output.ts';
import { unpackXz } from './xz.ts';

export type Compression = 'gzip' | 'deflate' | 'zstd' | 'brotli' | 'bzip2' | 'xz' | 'lzma' | 'lzma2';

export type Decompressed =
  | { readonly bytes: Uint8Array; readonly fault: null }
  /** `bytes` are those that came out before. */
  | { readonly bytes: Uint8Array; readonly fault: OutputFault };

/** `limit` is in bytes. What is damaged gives what came out before; so does what is too large where that is kept. */
export function decompress(
  compression: Compression,
  bytes: Uint8Array,
  limit: number,
  expired: () => boolean,
): Decompressed {
  if (!isNodes(compression)) return unpackInto(OWN[compression], bytes, createOutput(limit, expired));
  // Zlib takes no bound of zero.
  const maxLength = Math.max(1, limit);
  const unzip = NODE_ZLIB[compression];
  const first = attempt(() => unzip(bytes, maxLength, false, expired));
  if (typeof first !== 'string') return { bytes: first, fault: null };
  if (first !== 'cut' && first !== 'damaged') return { bytes: NOTHING, fault: first };
  const second = attempt(() =>
    first === 'damaged' && compression === 'gzip'
      ? unzipMember(bytes, maxLength)
      : unzip(bytes, maxLength, true, expired),
  );
  if (typeof second !== 'string') return { bytes: second, fault: 'damaged' };
  return { bytes: NOTHING, fault: second === 'cut' ? 'damaged' : second };
}

/** What came of it, or what zlib says is wrong. */
function attempt(unzip: () => Uint8Array): Uint8Array | OutputFault | 'cut' {
  try {
    return unzip();
  } catch (error) {
    if (error instanceof DecodeError) return error.fault;
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
    if (code === 'Z_BUF_ERROR') return 'cut';
    // Brotli's own begin with two names for an error.
    if (/^(?:Z_|ZSTD_|ERR__)/.test(code)) return 'damaged';
    throw error;
  }
}

/** Compressed bytes that zlib is shown for a peek, more than a block of zstd, and the most that comes of it (bytes). */
const PEEK_BYTES = { gzip: 4_096, deflate: 4_096, brotli: 4_096, zstd: 136 * 1024 } as const;
const PEEK_LIMIT = 8 * 1024 * 1024;
/** One chunk of LZMA2 makes up to 2 MiB, and is unpacked whole. */
const OWN_PEEK_LIMIT = 2 * 1024 * 1024;

/** The beginning of the content; empty where it does not show without the rest. `whole`: there is no more of it. */
export function peek(
  compression: Compression,
  bytes: Uint8Array,
  expired: () => boolean,
): { readonly bytes: Uint8Array; readonly whole: boolean } {
  const shown = isNodes(compression) ? bytes.subarray(0, PEEK_BYTES[compression]) : bytes;
  const result = decompress(compression, shown, isNodes(compression) ? PEEK_LIMIT : OWN_PEEK_LIMIT, expired);
  // Deflate knows its own end; of the others there may be more streams.
  const whole = result.fault === null && (compression === 'deflate' || shown.length === bytes.length);
  return { bytes: result.bytes, whole };
}

const NOTHING = new Uint8Array();

type NodeCompression = keyof typeof NODE_ZLIB;

function isNodes(compression: Compression): compression is NodeCompression {
  return compression in NODE_ZLIB;
}

/** Node has none of these. */
const OWN: Readonly<Record<Exclude<Compression, NodeCompression>, (bytes: Uint8Array, output: Output) => void>> = {
  bzip2: unpackBzip2,
  xz: unpackXz,
  lzma: unpackLzma,
  lzma2: (bytes, output) => void unpackLzma2(bytes, 0, output),
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
