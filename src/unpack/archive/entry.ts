/** One thing in an archive, as its format tells it: a name, and bytes that are still to be unpacked. */
import { Buffer, isUtf8 } from 'node:buffer';
import type { Compression } from './decompress.ts';

export interface ArchiveEntry {
  /** As it is written in the archive: it may climb, be absolute, or stand there twice. It never becomes a path on disk. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** How `bytes` are compressed; null where they are the content itself. */
  readonly compression: Compression | null;
  /** A clause that says why it cannot be read, where that is certain from the archive's own words. */
  readonly unreadable?: string;
  readonly encrypted?: boolean;
  /** Set where a limit kept its archive from being unpacked as far as here. */
  readonly limited?: 'too-large' | 'out-of-time';
  /** Set where the bytes lie on those of other entries: they count as unpacked although they are not compressed. */
  readonly again?: boolean;
}

/** The entries that could be made out, and a clause about what is wrong with the archive, where something is. */
export interface ArchiveListing {
  readonly entries: readonly ArchiveEntry[];
  readonly fault?: string;
  /** Set where even the names are encrypted. */
  readonly encrypted?: boolean;
}

/** UTF-8 where it is, else one character for each byte. */
export function entryName(bytes: Uint8Array): string {
  const name = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return name.toString(isUtf8(name) ? 'utf8' : 'latin1');
}
