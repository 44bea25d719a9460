/** The compressions that Node can undo: whole, or as much of them as there is. */
import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, zstdDecompressSync } from 'node:zlib';
import { DecodeError } from './output.ts';

/** `maxLength` is in bytes; `cut`: a stream that breaks off gives what there is. @throws what zlib throws. */
export type Unzip = (bytes: Uint8Array, maxLength: number, cut: boolean, expired: () => boolean) => Uint8Array;

export const NODE_ZLIB = {
  gzip: (bytes, maxLength, cut) => gunzipSync(bytes, { maxOutputLength: maxLength, finishFlush: zlibFlush(cut) }),
  deflate: (bytes, maxLength, cut) =>
    inflateRawSync(bytes, { maxOutputLength: maxLength, finishFlush: zlibFlush(cut) }),
  brotli: (bytes, maxLength, cut) => {
    const finishFlush = cut ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_FINISH;
    return brotliDecompressSync(bytes, { maxOutputLength: maxLength, finishFlush });
  },
  zstd: unzipFrames,
} as const satisfies Readonly<Record<string, Unzip>>;

/** For gzip whose sum is wrong, or that is followed by something else: its first stream by itself. */
export function unzipMember(bytes: Uint8Array, maxLength: number): Uint8Array {
  return NODE_ZLIB.deflate(bytes.subarray(gzipHeaderEnd(bytes)), maxLength, true);
}

function zlibFlush(cut: boolean): number {
  return cut ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
}

/** Frames with bytes for other readers begin with one of sixteen numbers: RFC 8878, 3.1.2. */
const SKIPPABLE = 0x184d2a50;
const SKIPPABLE_HEADER = 8;

/** Node undoes the first frame and is silent about the others. */
function unzipFrames(bytes: Uint8Array, maxLength: number, cut: boolean, expired: () => boolean): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: Uint8Array[] = [];
  let length = 0;
  for (let at = 0; at < source.length; ) {
    if (expired()) throw new DecodeError('out-of-time');
    if (at + SKIPPABLE_HEADER <= source.length && source.readUInt32LE(at) >>> 4 === SKIPPABLE >>> 4) {
      at += SKIPPABLE_HEADER + source.readUInt32LE(at + 4);
      continue;
    }
    const { buffer, engine } = zstdDecompressSync(source.subarray(at), {
      maxOutputLength: Math.max(1, maxLength - length),
      finishFlush: cut ? constants.ZSTD_e_flush : constants.ZSTD_e_end,
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    frames.push(buffer);
    length += buffer.length;
    if (engine.bytesWritten === 0) break;
    at += engine.bytesWritten;
  }
  return frames.length === 1 ? frames[0]! : Buffer.concat(frames, length);
}

/** RFC 1952, 2.3. */
function gzipHeaderEnd(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    at = zero === -1 ? bytes.length : zero + 1;
  }
  return (flags & 2) === 0 ? at : at + 2;
}
