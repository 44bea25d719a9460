/** Unpacks LZMA as it stood before xz: a header of 13 bytes and one stream, with or without a mark at its end. */
import { Buffer } from 'node:buffer';
import { createLzmaDecoder } from './lzma-decoder.ts';
import { DecodeError, type Output } from './output.ts';

const HEADER_BYTES = 13;
const PROPERTY_BYTES = 5;
const UNKNOWN_SIZE = 2n ** 64n - 1n;
/** No file that is stated to be larger (bytes) is taken for LZMA: there is no other sign. */
const MAX_STATED = 2n ** 38n;

/** @throws DecodeError, after what came out before it. */
export function unpackLzma(bytes: Uint8Array, output: Output): void {
  if (bytes.length < HEADER_BYTES) throw new DecodeError('damaged');
  const stated = statedSize(bytes);
  const decoder = createLzmaDecoder(bytes, output, 12);
  decoder.setProperties(bytes[0]!);
  const size = stated === UNKNOWN_SIZE ? Number.POSITIVE_INFINITY : Number(stated);
  decoder.run(HEADER_BYTES, bytes.length, size, output.length);
}

/** The header for a stream whose archive keeps its properties and its size elsewhere; null: a mark ends it. */
export function withLzmaHeader(properties: Uint8Array, size: number | null, stream: Uint8Array): Uint8Array {
  const head = Buffer.alloc(HEADER_BYTES);
  head.set(properties.subarray(0, PROPERTY_BYTES));
  head.writeBigUInt64LE(size === null ? UNKNOWN_SIZE : BigInt(size), PROPERTY_BYTES);
  return Buffer.concat([head, stream]);
}

/** There is no signature: a dictionary of a power of two or three halves of one, and a size that can be. */
export function isLzma(bytes: Uint8Array): boolean {
  if (bytes.length < HEADER_BYTES || bytes[0]! > 224) return false;
  const dictionary = Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE(1);
  const ones = dictionary.toString(2).replace(/0+$/, '');
  const stated = statedSize(bytes);
  return (ones === '1' || ones === '11') && (stated === UNKNOWN_SIZE || stated < MAX_STATED);
}

function statedSize(bytes: Uint8Array): bigint {
  return Buffer.from(bytes.buffer, bytes.byteOffset, HEADER_BYTES).readBigUInt64LE(PROPERTY_BYTES);
}
