/** Reads zip and what is made of it (wheels, jars, documents, arrays): what its directory lists, and what it leaves out. */
import { Buffer } from 'node:buffer';
import type { Compression } from './decompress.ts';
import { type ArchiveEntry, type ArchiveListing, entryName } from './entry.ts';
import { withLzmaHeader } from './lzma.ts';

/** Sizes and signatures: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
const LOCAL = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const LOCAL_BYTES = 30;
const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const END_BYTES = 22;
/** The end stands at the end, but for a comment. */
const MAX_COMMENT = 65_535;
const LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;
const END64 = 0x06064b50;

const COMPRESSIONS = new Map<number, Compression | null>([
  [0, null],
  [8, 'deflate'],
  [12, 'bzip2'],
  [14, 'lzma'],
  [93, 'zstd'],
  [95, 'xz'],
]);

const METHODS = new Map([
  [9, 'Deflate64'],
  [97, 'WavPack'],
  [98, 'PPMd'],
]);

/** How many times the archive's own size the names in it may have together: each stands there twice, and they may overlap. */
const MOST_NAMES = 2;
const NOTHING = { bytes: new Uint8Array(), compression: null };

/** `more` is asked before each entry, and ends the list with false. */
export function readZip(bytes: Uint8Array, more: () => boolean): ArchiveListing {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: ArchiveEntry[] = [];
  const used: { from: number; to: number }[] = [];
  const places = new Set<number>();
  let named = 0;
  let stored = 0;
  let fault: string | undefined;
  const add = (header: Header, from: number) => {
    for (const entry of toEntry(zip, header, from)) {
      named += entry.name.length;
      if (entry.compression === null) stored += entry.bytes.length;
      if (named > MOST_NAMES * zip.length) entries.push({ ...NOTHING, name: '', limited: 'too-large' });
      else entries.push(stored > zip.length ? { ...entry, again: true } : entry);
    }
  };
  const open = (header: Header): boolean => {
    if (!more()) return false;
    const { offset, name } = header;
    if (offset < 0 || !zip.subarray(offset, offset + LOCAL.length).equals(LOCAL)) {
      entries.push({ ...NOTHING, name, unreadable: 'its place holds no entry' });
      return true;
    }
    const local = readLocal(zip, offset);
    const from = local.dataOffset;
    used.push({ from: offset, to: from + header.compressedSize });
    add({ ...header, encrypted: header.encrypted || local.encrypted }, from);
    // Some readers go by the directory, others by what stands before the data.
    if (!places.has(offset) && saysOther(local, header)) add({ ...header, ...local }, from);
    places.add(offset);
    return true;
  };

  const directory = findDirectory(zip);
  if (directory === null) fault = 'its directory is missing';
  else {
    let at = directory.offset;
    for (let index = 0; index < directory.count; index++) {
      const header = readCentral(zip, at, directory.shift);
      if (header === null) {
        fault = 'its directory is damaged';
        break;
      }
      if (!open(header)) return { entries };
      at = header.next;
    }
  }
  for (const offset of unlisted(zip, used, directory?.offset ?? zip.length)) {
    const local = readLocal(zip, offset);
    if (!open({ ...local, offset, next: 0 })) break;
  }
  return fault === undefined ? { entries } : { entries, fault };
}

/** True where an end of a directory stands at the end. */
export function hasDirectory(bytes: Uint8Array): boolean {
  return findDirectory(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) !== null;
}

interface Header {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly compressedSize: number;
  readonly size: number;
  /** For LZMA: a mark ends it, and no size. */
  readonly markedEnd: boolean;
  /** Of the local header. */
  readonly offset: number;
  /** Where the directory goes on. */
  readonly next: number;
}

function toEntry(
  zip: Buffer,
  { name, method, encrypted, compressedSize, size, markedEnd }: Header,
  from: number,
): ArchiveEntry[] {
  // Where a link leads to is read like a file, which it becomes when a reader does not know links.
  if (name.endsWith('/') && size === 0) return [];
  const compression = COMPRESSIONS.get(method);
  if (encrypted) return [{ ...NOTHING, name, encrypted }];
  if (compression === undefined) {
    const known = METHODS.get(method);
    const unreadable = `it is compressed by method ${method}${known === undefined ? '' : ` (${known})`}`;
    return [{ ...NOTHING, name, unreadable }];
  }
  // A deflated stream knows its own end, whatever size is stated.
  const to = compression === 'deflate' ? zip.length : from + compressedSize;
  const packed = zip.subarray(from, to);
  return [{ name, bytes: compression === 'lzma' ? asLzma(packed, markedEnd ? null : size) : packed, compression }];
}

/** In a zip, LZMA's properties follow a version and their own length. */
function asLzma(packed: Buffer, size: number | null): Uint8Array {
  const properties = packed.length < 4 ? 0 : packed.readUInt16LE(2);
  return withLzmaHeader(packed.subarray(4, 4 + properties), size, packed.subarray(4 + properties));
}

interface Directory {
  readonly offset: number;
  readonly count: number;
  /** What stands before the archive, and is not counted in its offsets. */
  readonly shift: number;
}

function findDirectory(zip: Buffer): Directory | null {
  const floor = Math.max(0, zip.length - END_BYTES - MAX_COMMENT);
  for (let end = zip.lastIndexOf(END); end >= floor; end = end === 0 ? -1 : zip.lastIndexOf(END, end - 1)) {
    if (end + END_BYTES > zip.length) continue;
    const found = readEnd64(zip, end) ?? {
      count: zip.readUInt16LE(end + 10),
      size: zip.readUInt32LE(end + 12),
      offset: zip.readUInt32LE(end + 16),
      at: end,
    };
    for (const offset of [found.at - found.size, found.offset]) {
      const isThere = offset >= 0 && offset + 4 <= zip.length && zip.readUInt32LE(offset) === CENTRAL;
      if (isThere || (found.count === 0 && offset === end))
        return { offset, count: found.count, shift: offset === found.offset ? 0 : offset - found.offset };
    }
  }
  return null;
}

function readEnd64(zip: Buffer, end: number) {
  const locator = end - LOCATOR_BYTES;
  if (locator < 0 || zip.readUInt32LE(locator) !== LOCATOR) return null;
  for (const at of [readBig(zip, locator + 8), locator - 56]) {
    if (at < 0 || at + 56 > zip.length || zip.readUInt32LE(at) !== END64) continue;
    return { count: readBig(zip, at + 32), size: readBig(zip, at + 40), offset: readBig(zip, at + 48), at };
  }
  return null;
}

function readCentral(zip: Buffer, at: number, shift: number): Header | null {
  if (at + CENTRAL_BYTES > zip.length || zip.readUInt32LE(at) !== CENTRAL) return null;
  const nameEnd = at + CENTRAL_BYTES + zip.readUInt16LE(at + 28);
  const extraEnd = nameEnd + zip.readUInt16LE(at + 30);
  const sizes = [zip.readUInt32LE(at + 24), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
  const [size, compressedSize, offset] = widen(zip, nameEnd, extraEnd, sizes);
  return {
    name: entryName(zip.subarray(at + CENTRAL_BYTES, nameEnd)),
    method: zip.readUInt16LE(at + 10),
    encrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
    markedEnd: (zip.readUInt16LE(at + 8) & 2) === 2,
    compressedSize: compressedSize!,
    size: size!,
    offset: offset! + shift,
    next: extraEnd + zip.readUInt16LE(at + 32),
  };
}

const NO_SIZE = 0xffffffff;

/** Sizes that do not fit stand in the extra field with id 1, in this order, each only where its place says so. */
function widen(zip: Buffer, from: number, to: number, sizes: readonly number[]): number[] {
  for (let at = from; at + 4 <= Math.min(to, zip.length); at += 4 + zip.readUInt16LE(at + 2)) {
    if (zip.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    return sizes.map((size) => {
      if (size !== NO_SIZE || next + 8 > Math.min(to, zip.length)) return size;
      next += 8;
      return readBig(zip, next - 8);
    });
  }
  return [...sizes];
}

function readLocal(zip: Buffer, offset: number) {
  const fits = offset + LOCAL_BYTES <= zip.length;
  const word = (at: number) => (fits ? zip.readUInt16LE(offset + at) : 0);
  const nameEnd = offset + LOCAL_BYTES + word(26);
  return {
    name: entryName(zip.subarray(offset + LOCAL_BYTES, nameEnd)),
    method: word(8),
    encrypted: (word(6) & 1) === 1,
    markedEnd: (word(6) & 2) === 2,
    compressedSize: fits ? zip.readUInt32LE(offset + 18) : 0,
    size: fits ? zip.readUInt32LE(offset + 22) : 0,
    /** The sizes follow the data, or stand in the extra field. */
    sizeElsewhere: (word(6) & 8) === 8 || (fits && zip.readUInt32LE(offset + 18) === NO_SIZE),
    dataOffset: nameEnd + word(28),
  };
}

/** Entries that no directory names, which some programs read all the same; what lies within another entry is not ours. */
function unlisted(zip: Buffer, used: readonly { from: number; to: number }[], end: number): number[] {
  const found: number[] = [];
  const ranges = used.toSorted((a, b) => a.from - b.from);
  let index = 0;
  let covered = 0;
  for (let at = zip.indexOf(LOCAL); at !== -1 && at < end; at = zip.indexOf(LOCAL, at + 1)) {
    for (; index < ranges.length && ranges[index]!.from <= at; index++) covered = Math.max(covered, ranges[index]!.to);
    if (at < covered) {
      at = covered - 1;
      continue;
    }
    found.push(at);
    covered = Math.max(covered, at + LOCAL_BYTES + (at + 22 <= zip.length ? zip.readUInt32LE(at + 18) : 0));
  }
  return found;
}

function saysOther(local: ReturnType<typeof readLocal>, { name, method, compressedSize }: Header): boolean {
  if (local.name !== name || local.method !== method) return true;
  return !local.sizeElsewhere && local.compressedSize !== compressedSize;
}

function readBig(zip: Buffer, at: number): number {
  return at + 8 > zip.length ? 0 : Number(zip.readBigUInt64LE(at));
}
