/** The git road: works for every change, however many files it has, with a number of requests that does not grow. */
import type { Hunk } from '#domain/change-set.ts';
import type { Clone } from '#git/clone.ts';
import type { ObjectStore } from '#git/object-store.ts';
import type { TreeChange } from '#git/raw-diff.ts';
import type { Ends } from './build-change-set.ts';
import { parseHunkHeader } from './hunks.ts';
import type { ChangeLimits } from './limits.ts';
import { unreadByMode } from './readable.ts';
import type { Road } from './road.ts';

/** Sizes are known only once a blob is here, so a change that is too large to fetch is tried in halves, so many in all. */
const MAX_BLOB_FETCHES = 8;

/** From a bare clone: brings the two commits' trees, then the blobs that differ. */
export async function roadFromClone(clone: Clone, { mergeBase, head }: Ends, limits: ChangeLimits): Promise<Road> {
  await clone.fetchCommits([mergeBase, head]);
  const differing = await clone.objects.diff(mergeBase, head, 'none');
  const complete = await fetchBlobs(clone, blobsOf(differing, limits));
  const changes = await clone.objects.diff(mergeBase, head, complete ? 'similar' : 'exact');
  const absent = { reason: 'review-too-large', detail: 'the change is too large to fetch' } as const;
  return { ...readFrom(clone.objects), changes, absent };
}

/** From a repository that has everything: the command line's. */
export async function roadFromLocal(objects: ObjectStore, { mergeBase, head }: Ends): Promise<Road> {
  const changes = await objects.diff(mergeBase, head, 'similar');
  const absent = { reason: 'unreadable', detail: 'its content is missing from this clone' } as const;
  return { ...readFrom(objects), changes, absent };
}

function readFrom(objects: ObjectStore): Pick<Road, 'sizes' | 'read' | 'hunks'> {
  return {
    sizes: objects.sizes,
    read: objects.read,
    async hunks(changes) {
      const hunks: Hunk[][] = changes.map(() => []);
      const pairs = changes.map(({ base, head }) => ({ base: base?.oid ?? '', head: head?.oid ?? '' }));
      await objects.hunkLines(pairs, (pair, line) => {
        const hunk = parseHunkHeader(line);
        if (hunk) hunks[pair]?.push(hunk);
      });
      return hunks;
    },
  };
}

/** Ignored files are not fetched, but for those that may be one half of a move: git must see both halves. */
function blobsOf(changes: readonly TreeChange[], limits: ChangeLimits): string[] {
  const moves = changes.some(({ base }) => base === null) && changes.some(({ head }) => head === null);
  return changes
    .filter(({ path, base, head }) => !limits.ignore(path) || (moves && (base === null || head === null)))
    .flatMap(({ base, head }) => [base, head])
    .flatMap((entry) => (entry === null || unreadByMode(entry) !== null ? [] : [entry.oid]));
}

/** False when not all of them came. */
export async function fetchBlobs(clone: Pick<Clone, 'fetchBlobs'>, oids: readonly string[]): Promise<boolean> {
  const parts = [oids];
  let complete = true;
  for (let fetches = 0; parts.length > 0; fetches += 1) {
    const part = parts.shift() ?? [];
    if (fetches === MAX_BLOB_FETCHES) return false;
    if ((await clone.fetchBlobs(part)) === 'fetched') continue;
    complete = false;
    const half = Math.ceil(part.length / 2);
    if (part.length > 1) parts.push(part.slice(0, half), part.slice(half));
  }
  return complete;
}
