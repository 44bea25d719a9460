/** The API road: one query for small changes, taken only when every answer proves to be whole; otherwise there is the git road. */
import type { Hunk } from '#domain/change-set.ts';
import { AppError } from '#domain/errors.ts';
import type { Repository } from '#domain/review-request.ts';
import { isBinary } from '#domain/text-bytes.ts';
import type { TreeChange, TreeEntry } from '#git/raw-diff.ts';
import { blobOid } from '#github/blob-oid.ts';
import type { ComparedFile, Comparison } from '#github/comparison.ts';
import type { FileContent, FilePair } from '#github/contents.ts';
import type { Installation } from '#github/github.ts';
import { parsePatch } from './hunks.ts';
import type { ChangeLimits } from './limits.ts';
import { unreadByMode } from './readable.ts';
import type { Road } from './road.ts';

/** Queries for tens of blobs begin to fail now and then ("Something went wrong"), and beyond this git is quicker. */
export const API_MAX_FILES = 40;

/** The parts of a side that the road will be asked for; `bytes` is null where only the size is needed. */
interface Proven {
  readonly entry: TreeEntry;
  readonly size: number | null;
  readonly bytes: Uint8Array | 'binary' | null;
}

/** The side stands at an ignored path: nobody will look at it. */
const IGNORED: Proven = { entry: { mode: 0, oid: '' }, size: null, bytes: null };

/** Null when this road cannot give what the git road would. */
export async function roadFromApi(
  github: Pick<Installation, 'readContents'>,
  repo: Repository,
  head: string,
  { mergeBase, files, truncated }: Comparison,
  limits: ChangeLimits,
): Promise<Road | null> {
  if (truncated || files.length > API_MAX_FILES || !areSimple(files)) return null;
  const wanted = files
    .map((file) => pathsOf(file))
    .map(({ base, head }) => ({
      basePath: base === null || limits.ignore(base) ? null : base,
      headPath: head === null || limits.ignore(head) ? null : head,
    }));
  const pairs = await github.readContents(repo, { base: mergeBase, head }, wanted).catch((error: unknown) => {
    if (error instanceof AppError && ['github-unavailable', 'github-rejected'].includes(error.code)) return null;
    throw error;
  });
  if (pairs === null) return null;

  const changes: TreeChange[] = [];
  const blobs = new Map<string, Proven>();
  const hunks = new Map<TreeChange, readonly Hunk[]>();
  for (const [index, file] of files.entries()) {
    const proven = proveFile(file, pairs[index] ?? { base: null, head: null }, limits);
    if (proven === null) return null;
    const { base, head: tip } = proven;
    const change = {
      path: file.path,
      previousPath: file.previousPath,
      base: base?.entry ?? null,
      head: tip?.entry ?? null,
    };
    changes.push(change);
    hunks.set(change, proven.hunks);
    for (const side of [base, tip]) if (side && side.size !== null) blobs.set(side.entry.oid, side);
  }
  return {
    changes,
    absent: { reason: 'unreadable', detail: 'GitHub did not give its content' },
    sizes: async (oids) => new Map(oids.flatMap((oid) => pick(oid, blobs.get(oid)?.size))),
    read: async (oids) => new Map(oids.flatMap((oid) => pick(oid, blobs.get(oid)?.bytes))),
    hunks: async (asked) => asked.map((change) => hunks.get(change) ?? []),
  };
}

function pick<T>(oid: string, value: T | null | undefined): [string, T][] {
  return value === null || value === undefined ? [] : [[oid, value]];
}

/** Each path once, and nothing whose meaning git's own diff would put differently. */
function areSimple(files: readonly ComparedFile[]): boolean {
  const paths = new Set(files.map((file) => file.path));
  const known = ['added', 'removed', 'modified', 'renamed', 'changed'];
  return (
    paths.size === files.length &&
    files.every((file) => known.includes(file.status) && (file.status === 'renamed') === (file.previousPath !== null))
  );
}

function pathsOf({ path, previousPath, status }: ComparedFile): { base: string | null; head: string | null } {
  return { base: status === 'added' ? null : (previousPath ?? path), head: status === 'removed' ? null : path };
}

interface ProvenFile {
  readonly base: Proven | null;
  readonly head: Proven | null;
  readonly hunks: readonly Hunk[];
}

function proveFile(file: ComparedFile, pair: FilePair, limits: ChangeLimits): ProvenFile | null {
  const paths = pathsOf(file);
  const prove = (path: string | null, content: FileContent | null) => {
    if (path === null) return content === null ? null : undefined;
    return limits.ignore(path) ? IGNORED : proveSide(path, content, limits);
  };
  const [base, head] = [prove(paths.base, pair.base), prove(paths.head, pair.head)];
  if (base === undefined || head === undefined) return null;

  const listed = head ?? base;
  if (listed !== IGNORED && listed?.entry.oid !== file.oid) return null;
  if (base?.bytes === 'binary' && !isShownBinary(file, base, head)) return null;
  if (head?.bytes === 'binary' && !isShownBinary(file, head, base)) return null;
  const hunks = isText(base) && isText(head) && base.entry.oid !== head.entry.oid ? proveHunks(file) : [];
  return hunks && { base, head, hunks };
}

/** Undefined when the content is missing, cut, changed on its way, or needed as bytes: GitHub calls UTF-16 binary too. */
function proveSide(path: string, content: FileContent | null, limits: ChangeLimits): Proven | undefined {
  if (content === null) return undefined;
  const { mode, oid, blob } = content;
  const entry = { mode, oid };
  if (unreadByMode(entry) !== null) return { entry, size: null, bytes: null };
  if (blob === null) return undefined;
  if (blob.bytes > limits.maxFileBytes) return { entry, size: blob.bytes, bytes: null };
  if (blob.binary) return limits.needsBytes(path) ? undefined : { entry, size: blob.bytes, bytes: 'binary' };
  if (blob.truncated || blob.text === null) return undefined;
  const bytes = new TextEncoder().encode(blob.text);
  return blobOid(bytes, oid) === oid ? { entry, size: bytes.length, bytes } : undefined;
}

/**
 * GitHub guesses what is binary by its encoding, git by a zero byte. That git agrees shows in the comparison: a file that
 * changed without a single line is binary on one side at least, and here it can only be this one.
 */
function isShownBinary(file: ComparedFile, side: Proven, other: Proven | null): boolean {
  const linesChanged = file.patch !== null || file.additions + file.deletions > 0;
  const differs = side.size !== 0 && side.entry.oid !== other?.entry.oid;
  return !linesChanged && differs && (other === null || isText(other));
}

function isText(side: Proven | null): side is Proven & { bytes: Uint8Array } {
  return side !== null && side.bytes instanceof Uint8Array && !isBinary(side.bytes);
}

function proveHunks(file: ComparedFile): readonly Hunk[] | null {
  if (file.patch === null) return null;
  const { hunks, additions, deletions } = parsePatch(file.patch);
  return additions === file.additions && deletions === file.deletions ? hunks : null;
}
