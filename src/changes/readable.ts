/** What of a repository is not text to analyse: told from a file's mode and its first bytes, in the same way on every road. */
import { lfsPointerSize } from '#domain/lfs-pointer.ts';
import type { SkipReason } from '#domain/skipped.ts';
import { isBinary } from '#domain/text-bytes.ts';
import type { TreeEntry } from '#git/raw-diff.ts';

export interface Unread {
  readonly reason: SkipReason;
  readonly detail: string;
}

const TYPE_BITS = 0o170000;
const REGULAR = 0o100000;
const SYMLINK = 0o120000;

export function unreadByMode({ mode, oid }: TreeEntry): Unread | null {
  if ((mode & TYPE_BITS) === REGULAR) return null;
  if ((mode & TYPE_BITS) === SYMLINK) return { reason: 'symlink', detail: 'a symbolic link' };
  return { reason: 'submodule', detail: `a submodule at ${oid.slice(0, 12)}` };
}

export function unreadByContent(bytes: Uint8Array): Unread | null {
  const size = lfsPointerSize(bytes);
  if (size !== null)
    return { reason: 'lfs-pointer', detail: `stored in Git LFS (${inWords(size)}), only its pointer is here` };
  return isBinary(bytes) ? binary(bytes.length) : null;
}

export function binary(bytes: number): Unread {
  return { reason: 'binary', detail: `binary, ${inWords(bytes)}` };
}

const OPAQUE_NAMES =
  /\.(?:png|jpe?g|gif|webp|ico|bmp|tiff?|pdf|mp[34]|wav|ogg|webm|mov|ttf|otf|woff2?|zip|gz|bz2|xz|zst|7z|tar|whl|jar|so|dll|dylib|exe|bin|pt|pth|ckpt|safetensors|onnx|gguf|h5|npy|npz|keras|egg|war|apk|pyz|nupkg|docx|xlsx|pptx|odt|ods|epub|tgz|tzst|tbz2?|txz|parquet|arrow|feather)$/i;

const ARCHIVE_NAMES =
  /\.(?:zip|whl|egg|jar|war|apk|aab|pyz|nupkg|vsix|npz|pth?|ckpt|bin|skops|mar|nemo|keras|docx|xlsx|pptx|odt|ods|epub|tar|tgz|gz|zst|tzst|bz2|tbz2?|xz|txz|lzma|tlz|br|7z|rar|conda|crate|gem)$/i;

/**
 * False when nobody would look for text in a file of this name. Of all others the bytes are asked: an archive may have any
 * name, and UTF-16 looks like data.
 */
export function needsBytes(path: string): boolean {
  return isArchiveName(path) || !OPAQUE_NAMES.test(path);
}

/** True for what the reader of archives may find text in, by its name. */
export function isArchiveName(path: string): boolean {
  return ARCHIVE_NAMES.test(path);
}

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'];

/** `812 bytes`, `7.3 MiB`. */
export function inWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1).replace(/\.0$/, '')} ${UNITS[unit]}`;
}
