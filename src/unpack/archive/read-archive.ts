/** An archive in memory to the files in it, layer by layer and within limits; what is not read is told by its reason. */
import type { SkipReason } from '#domain/skipped.ts';
import { type Compression, decompress, peek } from './decompress.ts';
import type { ArchiveEntry, ArchiveListing } from './entry.ts';
import { type ArchiveKind, archiveKind, type CompressedFile, UNREAD_KINDS, type UnreadKind } from './kind.ts';
import {
  type Allowance,
  createAllowance,
  MAX_ENTRIES,
  MAX_ENTRY_BYTES,
  MAX_LAYERS,
  MAX_NAME_UNITS,
  MAX_UNPACK_MS,
} from './limits.ts';
import { isOpaqueEntry } from './opaque-entry.ts';
import { readSevenZip, type UnpackStream } from './seven-zip.ts';
import { readTar } from './tar.ts';
import { readZip } from './zip.ts';

export interface ArchivedFile {
  /** The names of the entries on the way, joined by `!`; empty for a file that is compressed and no more. */
  readonly entry: string;
  readonly bytes: Uint8Array;
}

/** The name that an archive gives to what may be a file, read or not. */
export interface NamedEntry {
  /** As in ArchivedFile. */
  readonly entry: string;
  /** Its own name, without those on the way. */
  readonly name: string;
}

export interface ArchiveGap {
  readonly reason: SkipReason;
  /** Empty for the archive itself. */
  readonly entry: string;
  readonly detail: string;
}

/** `onFile` is called for each file, and its bytes can go after that. `path` is the archive's own. */
export function readArchive(
  path: string,
  bytes: Uint8Array,
  onFile: (file: ArchivedFile) => void,
  onName: (named: NamedEntry) => void = () => {},
): readonly ArchiveGap[] {
  const gaps: ArchiveGap[] = [];
  const allowance = createAllowance(bytes.length);
  const visit = (name: string, entry: string, content: Uint8Array, layer: number): void => {
    const kind = archiveKind(name, content);
    if (kind === null) {
      if (content.length <= MAX_ENTRY_BYTES || isOpaqueEntry(name, content)) onFile({ entry, bytes: content });
      else gaps.push({ reason: 'archive-limit', entry, detail: LARGE });
      return;
    }
    const gap = (reason: SkipReason, detail: string) => gaps.push({ reason, entry, detail });
    if (layer > MAX_LAYERS) gap('archive-limit', `more than ${MAX_LAYERS} archives inside of each other`);
    else if (kind === 'zip' || kind === 'tar' || kind === '7z') {
      const { entries, fault, encrypted } = list(kind, content, goesOn(allowance, gap));
      if (encrypted) gap('encrypted', 'encrypted, with the names of its entries');
      if (fault !== undefined) gap('unreadable', `the ${kind} archive is broken: ${fault}`);
      for (const one of entries) visitEntry(one, entry, layer);
    } else if (isUnreadKind(kind)) gap('unreadable', `${kind} is not read`);
    else {
      const plain = plainName(name, kind);
      const unpacked = open(kind, plain, content, gap);
      if (unpacked !== null) visit(plain, entry, unpacked, layer + 1);
    }
  };
  const list = (kind: 'zip' | 'tar' | '7z', content: Uint8Array, more: () => boolean): ArchiveListing => {
    if (kind === '7z') return readSevenZip(content, more, unpackStream);
    return (kind === 'zip' ? readZip : readTar)(content, more);
  };
  const unpackStream: UnpackStream = (compression, content, limit) => {
    const bound = Math.min(limit, allowance.left());
    const result = decompress(compression, content, bound, allowance.expired);
    // What was given up half-way has cost as much as what was read.
    allowance.spend(result.fault === 'too-large' ? bound : result.bytes.length);
    return result;
  };
  const visitEntry = (one: ArchiveEntry, within: string, layer: number): void => {
    const entry = within === '' ? shownName(one.name) : `${within}!${shownName(one.name)}`;
    onName({ entry, name: one.name });
    const gap = (reason: SkipReason, detail: string) => gaps.push({ reason, entry, detail });
    if (one.encrypted) gap('encrypted', 'encrypted');
    else if (one.unreadable !== undefined) gap('unreadable', one.unreadable);
    else if (one.limited !== undefined) gap('archive-limit', one.limited === 'too-large' ? OVER : OUT_OF_TIME);
    else if (allowance.expired()) gap('archive-limit', OUT_OF_TIME);
    else {
      const content = one.compression === null ? stored(one, gap) : open(one.compression, one.name, one.bytes, gap);
      if (content !== null) visit(one.name, entry, content, layer + 1);
    }
  };
  const stored = ({ bytes, again }: ArchiveEntry, gap: Gap): Uint8Array | null => {
    if (again !== true) return bytes;
    if (bytes.length > allowance.left()) {
      gap('archive-limit', OVER);
      return null;
    }
    allowance.spend(bytes.length);
    return bytes;
  };
  /** Null, and a gap, for what is more than may come out: of a file less than of an archive, which may be read in part. */
  const open = (compression: Compression, name: string, content: Uint8Array, gap: Gap): Uint8Array | null => {
    if (allowance.left() === 0) {
      gap('archive-limit', OVER);
      return null;
    }
    const { bytes: beginning, whole } = peek(compression, content, allowance.expired);
    const isFile = beginning.length > 0 && archiveKind(name, beginning) === null;
    if (isFile && isOpaqueEntry(name, beginning)) return beginning;
    const limit = isFile ? MAX_ENTRY_BYTES : Number.POSITIVE_INFINITY;
    if (whole && beginning.length <= Math.min(limit, allowance.left())) {
      allowance.spend(beginning.length);
      return beginning;
    }
    const result = unpackStream(compression, content, limit);
    if (result.fault === null) return result.bytes;
    if (result.fault === 'damaged') gap('unreadable', 'its compressed data are damaged');
    else gap('archive-limit', result.fault === 'out-of-time' ? OUT_OF_TIME : isFile ? LARGE : OVER);
    // The half of a file would be cut anywhere; of an archive, it is the first entries.
    return result.bytes.length === 0 || (isFile && result.fault !== 'damaged') ? null : result.bytes;
  };
  visit(path, '', bytes, 1);
  return gaps;
}

type Gap = (reason: SkipReason, detail: string) => void;

const LARGE = `larger than ${MAX_ENTRY_BYTES / 2 ** 20} MiB`;
const OVER = 'unpacked, it is more than the limit for an archive';
const OUT_OF_TIME = `unpacking took more than ${MAX_UNPACK_MS / 1000} s`;

/** A name is repeated for all that lies below it: a long one gives way to a word, and keeps what says of which kind the file is. */
function shownName(name: string): string {
  if (name.length <= MAX_NAME_UNITS) return name;
  return `(a name of ${name.length} characters)${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''}`;
}

/** Ends a listing, once and with a word. */
function goesOn(allowance: Allowance, gap: Gap): () => boolean {
  return () => {
    const expired = allowance.expired();
    if (!expired && allowance.enter()) return true;
    gap('archive-limit', expired ? OUT_OF_TIME : `more than ${MAX_ENTRIES} entries`);
    return false;
  };
}

/** How the names of compressed files end, and what they are called without it. */
const PLAIN_NAMES: Readonly<Record<CompressedFile, RegExp>> = {
  gzip: /\.gz$|(?<=\.t)gz$/i,
  zstd: /\.zst$|(?<=\.t)zst$/i,
  brotli: /\.br$/i,
  bzip2: /\.bz2$|(?<=\.t)bz2?$/i,
  xz: /\.xz$|(?<=\.t)xz$/i,
  lzma: /\.lzma$|(?<=\.t)lz$/i,
};

function plainName(name: string, kind: CompressedFile): string {
  return name.replace(PLAIN_NAMES[kind], '');
}

function isUnreadKind(kind: ArchiveKind): kind is UnreadKind {
  return (UNREAD_KINDS as readonly ArchiveKind[]).includes(kind);
}
