/** The App's way to a change: GitHub names the merge base and the files, then the cheaper road brings the contents. */
import type { ChangeSet } from '#domain/change-set.ts';
import type { Repository } from '#domain/review-request.ts';
import type { CloneCache } from '#git/clone-cache.ts';
import type { Installation } from '#github/github.ts';
import { buildChangeSet } from './build-change-set.ts';
import { roadFromApi } from './from-api.ts';
import { roadFromClone } from './from-git.ts';
import type { ChangeLimits } from './limits.ts';

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
}

/** Throws AppError from either door: `github-*`, `git-failed`, `git-too-large` (trees alone), `unknown-revision`, `cancelled`. */
export async function loadChangeSet(
  { repo, base, head }: ChangeRequest,
  { github, clones, signal }: ChangeDoors,
  limits: ChangeLimits,
): Promise<ChangeSet> {
  const comparison = await github.compare(repo, base, head);
  const ends = { mergeBase: comparison.mergeBase, head };
  const road = await roadFromApi(github, repo, head, comparison, limits);
  if (road) return buildChangeSet(ends, road, limits);
  const use = { token: github.token, ...(signal && { signal }) };
  return clones.withClone(repo, use, async (clone) =>
    buildChangeSet(ends, await roadFromClone(clone, ends, limits), limits),
  );
}
