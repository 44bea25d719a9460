/** The header of 7z: which packed streams make which folder, and which files lie in it one after the other. */
import { DecodeError } from './output.ts';
import { createSevenZipReader, type SevenZipReader } from './seven-zip-reader.ts';
import { type Folder, readStreams } from './seven-zip-streams.ts';

/** Properties: https://py7zr.readthedocs.io/en/latest/archive_format.html */
const END = 0x00;
const HEADER = 0x01;
const ARCHIVE_PROPERTIES = 0x02;
const MAIN_STREAMS = 0x04;
const FILES = 0x05;
const EMPTY_STREAMS = 0x0e;
const NAMES = 0x11;
const ENCODED_HEADER = 0x17;

export interface SevenZipHeader {
  /** Set when the header is packed itself: it is what comes out of this folder. */
  readonly encoded: Folder | null;
  readonly folders: readonly Folder[];
  /** In the order of the files in the folders; those without content are not among them. */
  readonly names: readonly Uint8Array[];
}

/** `archive` is what the offsets count from, after the first 32 bytes. @throws DecodeError */
export function readSevenZipHeader(bytes: Uint8Array, archive: Uint8Array): SevenZipHeader {
  const read = createSevenZipReader(bytes);
  const type = read.byte();
  if (type === ENCODED_HEADER) return { encoded: readStreams(read, archive)[0] ?? fail(), folders: [], names: [] };
  if (type !== HEADER) fail();
  let folders: Folder[] = [];
  let names: Uint8Array[] = [];
  for (let id = read.byte(); id !== END; id = read.byte()) {
    if (id === ARCHIVE_PROPERTIES) while (read.number() !== 0) read.skip(read.number());
    else if (id === MAIN_STREAMS) folders = readStreams(read, archive);
    else if (id === FILES) names = readNames(read);
    else fail();
  }
  return { encoded: null, folders, names };
}

function readNames(read: SevenZipReader): Uint8Array[] {
  const count = read.count();
  let names: Uint8Array[] = [];
  let empty: boolean[] = [];
  for (let id = read.byte(); id !== END; id = read.byte()) {
    const content = read.take(read.number());
    if (id === EMPTY_STREAMS) empty = createSevenZipReader(content).bits(count);
    else if (id === NAMES) names = splitNames(content.subarray(1));
  }
  return names.filter((_, index) => empty[index] !== true);
}

/** UTF-16, each name ended by a zero. */
function splitNames(bytes: Uint8Array): Uint8Array[] {
  const names: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at] !== 0 || bytes[at + 1] !== 0) continue;
    names.push(bytes.subarray(start, at));
    start = at + 2;
  }
  return names;
}

function fail(): never {
  throw new DecodeError('damaged');
}
