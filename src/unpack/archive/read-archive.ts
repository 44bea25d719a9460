/** An archive in memory to the files in it, layer by layer and within limits; what is not read is told by its reason. */
import type { SkipReason } from '#domain/skipped.ts';
import { type Compression, decompress, peek } from './decompress.ts';
import type { ArchiveEntry } from './entry.ts';
import { type ArchiveKind, archiveKind } from './kind.ts';
import { type Allowance, createAllowance, MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_LAYERS, MAX_UNPACK_MS } from './limits.ts';
import { readTar } from './tar.ts';
import { readZip } from './zip.ts';

export interface ArchivedFile {
  /** The names of the entries on the way, joined by `!`; empty for a file that is compressed and no more. */
  readonly entry: string;
  readonly bytes: Uint8Array;
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
): readonly ArchiveGap[] {
  const gaps: ArchiveGap[] = [];
  const allowance = createAllowance(bytes.length);
  const visit = (name: string, entry: string, content: Uint8Array, layer: number): void => {
    const kind = archiveKind(name, content);
    if (kind === null) {
      if (content.length <= MAX_ENTRY_BYTES) onFile({ entry, bytes: content });
      else gaps.push({ reason: 'archive-limit', entry, detail: LARGE });
      return;
    }
    const gap = (reason: SkipReason, detail: string) => gaps.push({ reason, entry, detail });
    if (layer > MAX_LAYERS) gap('archive-limit', `more than ${MAX_LAYERS} archives inside of each other`);
    else if (kind === 'zip' || kind === 'tar') {
      const { entries, fault } = (kind === 'zip' ? readZip : readTar)(content, goesOn(allowance, gap));
      if (fault !== undefined) gap('unreadable', `the ${kind} archive is broken: ${fault}`);
      for (const one of entries) visitEntry(one, entry, layer);
    } else if (kind in PLAIN_NAMES) {
      const plain = plainName(name, kind);
      const unpacked = open(kind as Compression, plain, content, gap);
      if (unpacked !== null) visit(plain, entry, unpacked, layer + 1);
    } else gap('unreadable', `${kind} is not read`);
  };
  const visitEntry = (one: ArchiveEntry, within: string, layer: number): void => {
    const entry = within === '' ? one.name : `${within}!${one.name}`;
    const gap = (reason: SkipReason, detail: string) => gaps.push({ reason, entry, detail });
    if (one.encrypted) gap('encrypted', 'encrypted');
    else if (one.unreadable !== undefined) gap('unreadable', one.unreadable);
    else if (allowance.expired()) gap('archive-limit', OUT_OF_TIME);
    else {
      const content = one.compression === null ? one.bytes : open(one.compression, one.name, one.bytes, gap);
      if (content !== null) visit(one.name, entry, content, layer + 1);
    }
  };
  /** Null, and a gap, for what is more than may come out: of a file less than of an archive. */
  const open = (compression: Compression, name: string, content: Uint8Array, gap: Gap): Uint8Array | null => {
    const beginning = peek(compression, content, allowance.expired);
    const isFile = beginning.length > 0 && archiveKind(name, beginning) === null;
    const limit = Math.min(allowance.left(), isFile ? MAX_ENTRY_BYTES : Number.POSITIVE_INFINITY);
    const result = decompress(compression, content, limit, allowance.expired);
    // What was given up half-way has cost as much as what was read.
    allowance.spend(result.fault === 'too-large' ? limit : result.bytes.length);
    if (result.fault === null) return result.bytes;
    if (result.fault === 'damaged') {
      gap('unreadable', 'its compressed data are damaged');
      return result.bytes.length === 0 ? null : result.bytes;
    }
    const over = isFile ? LARGE : 'unpacked, it is more than the limit for an archive';
    gap('archive-limit', result.fault === 'too-large' ? over : OUT_OF_TIME);
    return null;
  };
  visit(path, '', bytes, 1);
  return gaps;
}

type Gap = (reason: SkipReason, detail: string) => void;

const LARGE = `larger than ${MAX_ENTRY_BYTES} bytes`;
const OUT_OF_TIME = `unpacking took more than ${MAX_UNPACK_MS / 1000} s`;

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
const PLAIN_NAMES: Readonly<Partial<Record<ArchiveKind, RegExp>>> = {
  gzip: /\.gz$|(?<=\.t)gz$/i,
  zstd: /\.zst$|(?<=\.t)zst$/i,
  bzip2: /\.bz2$|(?<=\.t)bz2?$/i,
  xz: /\.xz$|(?<=\.t)xz$/i,
};

function plainName(name: string, kind: ArchiveKind): string {
  return name.replace(PLAIN_NAMES[kind]!, '');
}
