/** Makes a ChangeSet of what a road offers: decides what is read, says what is not and why, and places the hunks. */
import type { ChangedFile, ChangeSet, ChangeStatus, Content, Hunk } from '#domain/change-set.ts';
import type { Skipped } from '#domain/skipped.ts';
import { isBinary } from '#domain/text-bytes.ts';
import type { TreeChange, TreeEntry } from '#git/raw-diff.ts';
import { wholeFile } from './hunks.ts';
import type { ChangeLimits } from './limits.ts';
import { binary, inWords, isArchiveName, type Unread, unreadByContent, unreadByMode } from './readable.ts';
import type { Road } from './road.ts';

export interface Ends {
  readonly mergeBase: string;
  readonly head: string;
}

/** What stands on one side of a change; `unread` or `content` is set as soon as it is known. */
interface Side {
  readonly side: 'base' | 'head';
  readonly path: string;
  readonly entry: TreeEntry;
  size: number;
  unread: Unread | null;
  content: Content | null;
}

interface Change {
  readonly tree: TreeChange;
  readonly base: Side | null;
  readonly head: Side | null;
}

export async function buildChangeSet(ends: Ends, road: Road, limits: ChangeLimits): Promise<ChangeSet> {
  const changes = [...road.changes].sort(byPath).map(openChange);
  const sides = changes.flatMap(({ base, head }) => [base, head]).filter((side) => side !== null);
  for (const side of sides) {
    side.unread = limits.ignore(side.path) ? IGNORED : unreadByMode(side.entry);
  }
  await applySizes(sides, road, limits);
  await readContents(sides, road, limits);
  const hunks = await placeHunks(changes, road);
  return {
    mergeBase: ends.mergeBase,
    head: ends.head,
    files: changes.map((change) => changedFile(change, hunks.get(change) ?? [])),
    skipped: sides.flatMap((side) => (side.unread === null ? [] : [skipped(side, side.unread)])),
  };
}

const IGNORED: Unread = { reason: 'ignored-by-policy', detail: 'the policy ignores this path' };

function openChange(tree: TreeChange): Change {
  const { path, previousPath } = tree;
  const open = (side: Side['side'], at: string, entry: TreeEntry | null): Side | null =>
    entry && { side, path: at, entry, size: 0, unread: null, content: null };
  return { tree, base: open('base', previousPath ?? path, tree.base), head: open('head', path, tree.head) };
}

/** A file that would go over the review's limit is left out, and smaller ones after it are still read. */
async function applySizes(sides: readonly Side[], road: Road, limits: ChangeLimits): Promise<void> {
  const pending = sides.filter((side) => side.unread === null);
  const sizes = await road.sizes(pending.map((side) => side.entry.oid));
  let total = 0;
  for (const side of pending) {
    const size = sizes.get(side.entry.oid);
    if (size === undefined) side.unread = road.absent;
    else if (size > limits.maxFileBytes) {
      const detail = `${inWords(size)}, over the limit of ${inWords(limits.maxFileBytes)} for a file`;
      side.unread = { reason: isArchiveName(side.path) ? 'archive-limit' : 'too-large', detail };
    } else if (total + size > limits.maxReviewBytes) {
      const detail = `${inWords(size)} more than fit into the limit of ${inWords(limits.maxReviewBytes)} for a review`;
      side.unread = { reason: 'review-too-large', detail };
    } else {
      side.size = size;
      total += size;
    }
  }
}

async function readContents(sides: readonly Side[], road: Road, limits: ChangeLimits): Promise<void> {
  const pending = sides.filter((side) => side.unread === null);
  const contents = await road.read(pending.map((side) => side.entry.oid));
  for (const side of pending) {
    const { oid } = side.entry;
    const bytes = contents.get(oid);
    if (bytes === undefined) side.unread = road.absent;
    else if (bytes === 'binary') side.unread = binary(side.size);
    else {
      const unread = unreadByContent(bytes);
      if (unread === null || (unread.reason === 'binary' && limits.needsBytes(side.path)))
        side.content = { oid, bytes };
      else side.unread = unread;
    }
  }
}

/** Text against text is compared; text alone is one hunk; everything else has no lines. */
async function placeHunks(changes: readonly Change[], road: Road): Promise<Map<Change, readonly Hunk[]>> {
  const hunks = new Map<Change, readonly Hunk[]>();
  const compared: Change[] = [];
  for (const change of changes) {
    const base = change.base?.content ?? null;
    const head = change.head?.content ?? null;
    if ([base, head].some((content) => content !== null && isBinary(content.bytes))) continue;
    if (base && head) {
      if (base.oid !== head.oid) compared.push(change);
    } else if (head) hunks.set(change, wholeFile(head.bytes, 'head'));
    else if (base) hunks.set(change, wholeFile(base.bytes, 'base'));
  }
  const found = await road.hunks(compared.map((change) => change.tree));
  compared.forEach((change, index) => {
    hunks.set(change, found[index] ?? []);
  });
  return hunks;
}

function changedFile({ tree, base, head }: Change, hunks: readonly Hunk[]): ChangedFile {
  const { path, previousPath } = tree;
  return {
    path,
    previousPath,
    status: statusOf(tree),
    base: base?.content ?? null,
    head: head?.content ?? null,
    hunks,
  };
}

function statusOf({ previousPath, base, head }: TreeChange): ChangeStatus {
  if (base === null) return 'added';
  if (head === null) return 'removed';
  return previousPath === null ? 'modified' : 'renamed';
}

function skipped({ path, side }: Side, { reason, detail }: Unread): Skipped {
  return { path, side, analyzer: null, reason, detail };
}

function byPath(a: TreeChange, b: TreeChange): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
