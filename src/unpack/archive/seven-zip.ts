/** Reads 7z: each folder is unpacked once, as far as the limits allow, and cut into its files. */
import { Buffer } from 'node:buffer';
import type { Compression, Decompressed } from './decompress.ts';
import type { ArchiveEntry, ArchiveListing } from './entry.ts';
import { withLzmaHeader } from './lzma.ts';
import { DecodeError } from './output.ts';
import { undoDelta, undoX86 } from './program-filters.ts';
import { readSevenZipHeader, type SevenZipHeader } from './seven-zip-header.ts';
import type { Coder, Folder } from './seven-zip-streams.ts';

/** Where the header's place stands; what is packed follows, and offsets count from there. */
const START_BYTES = 32;
/** A header that unpacks to more is not read (bytes): 10,000 names are a tenth of that. */
const MAX_HEADER_BYTES = 8 * 1024 * 1024;
/** Headers that unpack to packed headers. */
const MAX_HEADERS = 4;
const ENCRYPTION = '06f10701';
/** https://github.com/ip7z/7zip/blob/main/DOC/Methods.txt */
const COMPRESSIONS = new Map<string, Compression>([
  ['21', 'lzma2'],
  ['030101', 'lzma'],
  ['040108', 'deflate'],
  ['040202', 'bzip2'],
  ['04f71101', 'zstd'],
]);
const X86 = new Set(['04', '03030103']);
const DELTA = '03';
const COPY = '00';
const NAMES = new Map([
  ['030401', 'PPMd'],
  ['040109', 'Deflate64'],
  ['0303011b', 'BCJ2'],
]);

/** Takes at most `limit` bytes off the archive's allowance. */
export type UnpackStream = (compression: Compression, bytes: Uint8Array, limit: number) => Decompressed;

/** `more` is asked before each entry, and ends the list with false. */
export function readSevenZip(bytes: Uint8Array, more: () => boolean, unpack: UnpackStream): ArchiveListing {
  try {
    const header = openHeader(bytes, unpack);
    if (header === 'encrypted') return { entries: [], encrypted: true };
    return { entries: listFiles(header, more, unpack) };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { entries: [], fault: 'its header is damaged' };
  }
}

function openHeader(bytes: Uint8Array, unpack: UnpackStream): SevenZipHeader | 'encrypted' {
  if (bytes.length < START_BYTES) throw new DecodeError('damaged');
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, START_BYTES);
  const archive = bytes.subarray(START_BYTES);
  const from = Number(start.readBigUInt64LE(12));
  const size = Number(start.readBigUInt64LE(20));
  if (size === 0) return { encoded: null, folders: [], names: [] };
  if (from + size > archive.length) throw new DecodeError('damaged');
  let header = readSevenZipHeader(archive.subarray(from, from + size), archive);
  for (let layer = 0; header.encoded !== null; layer++) {
    if (header.encoded.methods.includes(ENCRYPTION)) return 'encrypted';
    const inner = unpackFolder(header.encoded, MAX_HEADER_BYTES, unpack);
    if (inner.bytes === null || layer === MAX_HEADERS) throw new DecodeError('damaged');
    header = readSevenZipHeader(inner.bytes, archive);
  }
  return header;
}

function listFiles({ folders, names }: SevenZipHeader, more: () => boolean, unpack: UnpackStream): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [];
  let file = 0;
  for (const folder of folders) {
    if (folder.files.length === 0) continue;
    const encrypted = folder.methods.includes(ENCRYPTION);
    const { bytes, ...gap } = encrypted
      ? { bytes: null, encrypted }
      : unpackFolder(folder, Number.POSITIVE_INFINITY, unpack);
    let at = 0;
    for (const size of folder.files) {
      if (!more()) return entries;
      const name = Buffer.from(names[file++] ?? []).toString('utf16le');
      const content = bytes?.subarray(at, at + size) ?? new Uint8Array();
      at += size;
      const whole = bytes !== null && at <= bytes.length;
      entries.push({ name, bytes: content, compression: null, ...(whole ? {} : gap) });
    }
  }
  return entries;
}

type Gap = Pick<ArchiveEntry, 'unreadable' | 'limited'>;

/** What came out, perhaps not all of it; `Gap` says why the rest did not. */
function unpackFolder(
  folder: Folder,
  limit: number,
  unpack: UnpackStream,
): Gap & { readonly bytes: Uint8Array | null } {
  const { coders, sizes, packed, methods } = folder;
  let bytes = packed;
  let gap: Gap = { unreadable: CUT };
  if (coders === null)
    return { bytes: null, unreadable: unknown(methods.find((method) => NAMES.has(method)) ?? methods[0]!) };
  for (const [index, { method, properties }] of coders.entries()) {
    if (method === COPY) continue;
    const compression = COMPRESSIONS.get(method);
    if (compression === undefined) {
      const filter = filterOf(method, properties);
      if (filter === null) return { bytes: null, unreadable: unknown(method) };
      if (bytes === packed) bytes = packed.slice();
      filter(bytes);
      continue;
    }
    const stream = compression === 'lzma' ? withLzmaHeader(properties, sizes[index] ?? null, bytes) : bytes;
    const result = unpack(compression, stream, limit);
    bytes = result.bytes;
    if (result.fault === 'too-large' || result.fault === 'out-of-time') gap = { limited: result.fault };
  }
  return { bytes, ...gap };
}

const CUT = 'its compressed data are damaged';

function unknown(method: string): string {
  return `it is compressed by method ${NAMES.get(method) ?? method}`;
}

/** Filters for other programs than those for x86 change no text. */
function filterOf(method: string, properties: Coder['properties']): ((bytes: Uint8Array) => void) | null {
  if (X86.has(method)) return undoX86;
  if (method === DELTA) return (bytes) => undoDelta(bytes, (properties[0] ?? 0) + 1);
  const other = /^(?:0[5-9a-b]|0303(?:0205|0401|0501|0701|0805))$/.test(method);
  return other ? () => {} : null;
}
