/** The App's way to a change: GitHub names the merge base, commits and files, then the cheaper road brings the contents. */
import type { ChangeSet, WholeChange } from '#domain/change-set.ts';
import { AppError } from '#domain/errors.ts';
import type { CommitList, History } from '#domain/history.ts';
import type { Repository } from '#domain/review-request.ts';
import type { CloneCache } from '#git/clone-cache.ts';
import type { Installation } from '#github/github.ts';
import { buildChangeSet } from './build-change-set.ts';
import { roadFromApi } from './from-api.ts';
import { fetchBlobs, roadFromClone } from './from-git.ts';
import type { ChangeLimits } from './limits.ts';
import { hasPast, historyProblem, loadHistory, unreadHistory } from './load-history.ts';

export interface ChangeRequest {
  readonly repo: Repository;
  /** Full commit ids; the change is what `head` has and the merge base of both has not. */
  readonly base: string;
  readonly head: string;
}

export interface ChangeDoors {
  readonly github: Pick<Installation, 'compare' | 'readContents' | 'token'>;
  readonly clones: CloneCache;
  readonly signal?: AbortSignal;
  /** True when a failure that may pass costs the change its history, and no more: there will be no other try. */
  readonly lastAttempt?: boolean;
}

/** Throws AppError from either door: `github-*`, `git-failed`, `git-too-large` (trees alone), `unknown-revision`, `cancelled`. */
export async function loadChangeSet(
  request: ChangeRequest,
  doors: ChangeDoors,
  limits: ChangeLimits,
): Promise<WholeChange> {
  const { repo, base, head } = request;
  const { github, clones } = doors;
  const comparison = await github.compare(repo, base, head);
  const ends = { mergeBase: comparison.mergeBase, head };
  const road = await roadFromApi(github, repo, head, comparison, limits);
  const change = road
    ? await buildChangeSet(ends, road, limits)
    : await clones.withClone(repo, useOf(doors), async (clone) =>
        buildChangeSet(ends, await roadFromClone(clone, ends, limits), limits),
      );
  return { ...change, history: await historyOf(comparison.history, change, request, doors, limits) };
}

/** A change of one commit costs nothing more. */
async function historyOf(
  list: CommitList,
  change: ChangeSet,
  { repo }: ChangeRequest,
  doors: ChangeDoors,
  limits: ChangeLimits,
): Promise<History> {
  if (!hasPast(list, change.head)) return loadHistory(list, change, null, limits);
  try {
    return await doors.clones.withClone(repo, useOf(doors), ({ objects, fetchCommits, ...clone }) =>
      loadHistory(list, change, { objects, fetchCommits, fetchBlobs: (oids) => fetchBlobs(clone, oids) }, limits),
    );
  } catch (error) {
    const problem = historyProblem(error);
    const mayPass = error instanceof AppError && error.retry !== false && doors.lastAttempt !== true;
    if (problem === null || mayPass) throw error;
    return unreadHistory(list, problem);
  }
}

function useOf({ github, signal }: ChangeDoors) {
  return { token: github.token, ...(signal && { signal }) };
}
