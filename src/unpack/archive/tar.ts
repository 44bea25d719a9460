/** Reads tar: the old format, ustar, pax and GNU's long names. Links, folders and devices hold no bytes, and are passed over. */
import { Buffer } from 'node:buffer';
import { type ArchiveEntry, type ArchiveListing, entryName } from './entry.ts';

const BLOCK = 512;
/** A name or a list of attributes that is longer than this is not looked at (bytes). */
const MAX_ATTRIBUTES = 1024 * 1024;
/** Empty blocks stand there, so that one sees where something was cut off between two files. */
const MISSING_END = 'its end is missing';
/** Links, devices, folders and pipes. What has another type, known or not, is a file to those who read tar. */
const NO_FILES = new Set(['1', '2', '3', '4', '5', '6']);

/** `more` is asked before each entry, and ends the list with false. */
export function readTar(bytes: Uint8Array, more: () => boolean): ArchiveListing {
  const tar = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: ArchiveEntry[] = [];
  let own: Attributes = {};
  let shared: Attributes = {};
  let at = 0;
  let ended = false;
  while (at + BLOCK <= tar.length) {
    ended = isEmpty(tar, at);
    if (ended) {
      at += BLOCK;
      continue;
    }
    if (!isTarHeader(tar, at)) return { entries, fault: `damaged at byte ${at}` };
    const type = String.fromCharCode(tar[at + 156]!);
    const meta = type === 'x' || type === 'g' || type === 'L' || type === 'K';
    const stated = meta ? readNumber(tar, at + 124, 12) : (own.size ?? shared.size ?? readNumber(tar, at + 124, 12));
    // Most readers do not believe in a link's size, and go on with the next block: there another entry can hide.
    const believed = !NO_FILES.has(type) || !isTarHeader(tar, at + BLOCK);
    const size = believed ? stated : 0;
    let from = at + BLOCK;
    // A sparse file's map goes on in blocks of its own.
    if (type === 'S' && tar[at + 482] === 1) {
      do from += BLOCK;
      while (tar[from - BLOCK + 504] === 1 && from < tar.length);
    }
    const content = tar.subarray(from, from + size);
    const cut = content.length < size;
    if (type === 'x') own = { ...own, ...readPax(content) };
    else if (type === 'g') shared = { ...shared, ...readPax(content) };
    else if (type === 'L') own = { ...own, path: entryName(untilZero(content.subarray(0, MAX_ATTRIBUTES))) };
    else if (type !== 'K') {
      if (size > 0 || !NO_FILES.has(type)) {
        if (!more()) return { entries };
        const name = own.path ?? shared.path ?? headerName(tar, at);
        if (!name.endsWith('/')) entries.push({ name, bytes: content, compression: null });
      }
      own = {};
    }
    if (cut) return { entries, fault: MISSING_END };
    at = from + Math.ceil(size / BLOCK) * BLOCK;
  }
  return ended ? { entries } : { entries, fault: MISSING_END };
}

/** True where the block at `offset` carries its own checksum, of signed or of unsigned bytes. */
export function isTarHeader(bytes: Uint8Array, offset: number): boolean {
  if (offset + BLOCK > bytes.length || bytes[offset] === 0) return false;
  const digits = Buffer.from(bytes.subarray(offset + 148, offset + 156)).toString('latin1');
  const stated = /^[ \0]*([0-7]+)[ \0]/.exec(digits)?.[1];
  if (stated === undefined) return false;
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < BLOCK; at++) {
    const byte = at >= 148 && at < 156 ? 32 : bytes[offset + at]!;
    unsigned += byte;
    signed += byte > 127 ? byte - 256 : byte;
  }
  const sum = Number.parseInt(stated, 8);
  return sum === unsigned || sum === signed;
}

interface Attributes {
  readonly path?: string;
  readonly size?: number;
}

/** `LENGTH KEY=VALUE\n`, one after the other; the length counts itself. */
function readPax(content: Uint8Array): Attributes {
  const text = Buffer.from(content.subarray(0, MAX_ATTRIBUTES));
  const found: { path?: string; size?: number } = {};
  for (let at = 0; at < text.length; ) {
    const space = text.indexOf(32, at);
    const length = space === -1 ? Number.NaN : Number(text.toString('latin1', at, space));
    if (!Number.isSafeInteger(length) || length <= space - at) break;
    const record = text.subarray(space + 1, at + length - 1);
    const equals = record.indexOf(61);
    const key = record.toString('latin1', 0, Math.max(0, equals));
    const value = record.subarray(equals + 1);
    if (key === 'path') found.path = entryName(value);
    else if (key === 'size' && /^\d{1,15}$/.test(value.toString('latin1')))
      found.size = Number(value.toString('latin1'));
    at += length;
  }
  return found;
}

function headerName(tar: Buffer, at: number): string {
  const name = entryName(untilZero(tar.subarray(at, at + 100)));
  if (tar.toString('latin1', at + 257, at + 263) !== 'ustar\0') return name;
  const prefix = entryName(untilZero(tar.subarray(at + 345, at + 500)));
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Octal digits, or a big number whose first bit is set (GNU). */
function readNumber(tar: Buffer, at: number, length: number): number {
  if ((tar[at]! & 0x80) === 0) return Number.parseInt(tar.toString('latin1', at, at + length), 8) || 0;
  let value = tar[at]! & 0x7f;
  for (let next = at + 1; next < at + length; next++) value = value * 256 + tar[next]!;
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}

function isEmpty(tar: Buffer, at: number): boolean {
  for (let next = at; next < at + BLOCK; next++) if (tar[next] !== 0) return false;
  return true;
}

function untilZero(bytes: Uint8Array): Uint8Array {
  const zero = bytes.indexOf(0);
  return zero === -1 ? bytes : bytes.subarray(0, zero);
}
