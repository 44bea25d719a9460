/** What the commits of a change brought and its head no longer has: two fetches at most, whatever the number of commits. */
import type { ChangeSet } from '#domain/change-set.ts';
import { AppError } from '#domain/errors.ts';
import type { Commit, CommitList, History, PastChange } from '#domain/history.ts';
import type { Skipped } from '#domain/skipped.ts';
import type { CommitChange } from '#git/commit-diff.ts';
import type { ObjectStore } from '#git/object-store.ts';
import type { TreeEntry } from '#git/raw-diff.ts';
import { commitsInOrder } from './commits-in-order.ts';
import type { ChangeLimits } from './limits.ts';
import { inWords, unreadByContent, unreadByMode } from './readable.ts';

/** What the commits are called where no file can be named. */
export const COMMITS = '(the commits of this change)';

/** A repository's objects, and how those come that are not here. */
export interface HistorySource {
  readonly objects: Pick<ObjectStore, 'diffCommits' | 'sizes' | 'read'>;
  /** Brings commits with their trees. */
  fetchCommits(oids: readonly string[]): Promise<unknown>;
  /** Brings as many of the blobs as it can. */
  fetchBlobs(oids: readonly string[]): Promise<unknown>;
}

/** True when there is more to read than the change itself shows. */
export function hasPast({ commits }: CommitList, head: string): boolean {
  return commits.some(({ oid }) => oid !== head);
}

/** `source` is asked for nothing where the change is one commit. Throws its AppErrors. */
export async function loadHistory(
  list: CommitList,
  change: ChangeSet,
  source: HistorySource | null,
  limits: ChangeLimits,
): Promise<History> {
  const commits = commitsInOrder(list.commits).slice(-limits.maxCommits);
  const messages = commits.map(({ oid, message }) => ({ commit: oid, text: message }));
  const told = unlisted(list, commits.length);
  const past = commits.filter(({ oid }) => oid !== change.head);
  if (past.length === 0 || source === null) return { messages, changes: [], contents: new Map(), skipped: told };

  await source.fetchCommits([...new Set(past.flatMap(({ oid, parents }) => [oid, ...parents]))]);
  const { whole, cut } = await withParents(past, source);
  const diff = await source.objects.diffCommits(whole);
  const changes = diff.flatMap((one) => toPastChange(one, limits));
  const { contents, skipped } = await readContents(changes, change, source, limits);
  return { messages, changes, contents, skipped: [...told, ...cut, ...skipped] };
}

/** For a history that could not be had at all; `why` is a clause. */
export function unreadHistory({ commits }: CommitList, why: string): History {
  const messages = commitsInOrder(commits).map(({ oid, message }) => ({ commit: oid, text: message }));
  return { messages, changes: [], contents: new Map(), skipped: [skippedAt(COMMITS, why)] };
}

/** What people are told of an error that costs a change its history, or null where it costs the review. */
export function historyProblem(error: unknown): string | null {
  if (!(error instanceof AppError)) return null;
  switch (error.code) {
    case 'unknown-revision':
      return 'one of them is not in the repository any more';
    case 'git-too-large':
      return 'they are too large to fetch';
    case 'git-failed':
    case 'github-not-found':
      return 'git could not bring them';
    default:
      return null;
  }
}

function unlisted({ total, commits }: CommitList, read: number): Skipped[] {
  if (total === null) return [skippedAt(COMMITS, 'GitHub could not list them')];
  const left = Math.max(total, commits.length) - read;
  return left > 0 ? [skippedAt(COMMITS, `only the last ${read} of ${total} are read`)] : [];
}

/** A shallow clone has commits without their parents: what those brought cannot be told. */
async function withParents(past: readonly Commit[], { objects }: HistorySource) {
  const there = await objects.sizes(past.flatMap(({ oid, parents }) => [oid, ...parents]));
  const isWhole = ({ oid, parents }: Commit) => [oid, ...parents].every((one) => there.has(one));
  const whole = past.filter(isWhole);
  const missing = past.length - whole.length;
  const cut = missing === 0 ? [] : [skippedAt(COMMITS, `this clone is shallow: it lacks the parents of ${missing}`)];
  return { whole, cut };
}

function toPastChange({ commit, path, before, after }: CommitChange, limits: ChangeLimits): PastChange[] {
  if (limits.ignore(path)) return [];
  const fileAt = (entry: TreeEntry | null) => (entry === null || unreadByMode(entry) !== null ? null : entry.oid);
  return [{ commit, path, oid: fileAt(after), before: before.map(fileAt).filter((oid) => oid !== null) }];
}

/** The contents that neither end of the change has: those have been read, or their absence has been told. */
async function readContents(
  changes: readonly PastChange[],
  { files, skipped: toldOf }: ChangeSet,
  source: HistorySource,
  limits: ChangeLimits,
): Promise<Pick<History, 'contents' | 'skipped'>> {
  const atEnds = new Set(files.flatMap(({ base, head }) => [base?.oid, head?.oid]));
  const told = new Set(toldOf.map(({ path }) => path));
  const paths = new Map<string, string>();
  for (const { path, oid, before } of changes) {
    for (const one of [...before, oid]) if (one !== null && !atEnds.has(one) && !paths.has(one)) paths.set(one, path);
  }
  const skipped: Skipped[] = [];
  const leaveOut = (oid: string, why: string) => {
    const path = paths.get(oid)!;
    if (!told.has(path)) skipped.push(skippedAt(path, why));
    told.add(path);
  };

  const wanted = [...paths.keys()];
  const over = wanted.splice(limits.maxPastFiles);
  if (over.length > 0)
    skipped.push(skippedAt(COMMITS, `${over.length} contents are over the limit of ${limits.maxPastFiles}`));
  await source.fetchBlobs(wanted);
  const sizes = await source.objects.sizes(wanted);
  let total = 0;
  const fitting = wanted.filter((oid) => {
    const size = sizes.get(oid);
    if (size === undefined) leaveOut(oid, 'an earlier content of it could not be had');
    else if (size > limits.maxFileBytes) leaveOut(oid, `an earlier content of it is ${inWords(size)}`);
    else if (total + size > limits.maxPastBytes)
      leaveOut(oid, `more than ${inWords(limits.maxPastBytes)} of earlier contents`);
    else {
      total += size;
      return true;
    }
    return false;
  });
  const read = await source.objects.read(fitting);
  const contents = new Map(
    [...read].filter(([oid, bytes]) => {
      const unread = unreadByContent(bytes);
      return unread === null || (unread.reason === 'binary' && limits.needsBytes(paths.get(oid)!));
    }),
  );
  return { contents, skipped };
}

function skippedAt(path: string, detail: string): Skipped {
  return { path, side: 'head', analyzer: 'secrets', reason: 'history', detail };
}
