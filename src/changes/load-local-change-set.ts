/** The command line's way to a change: everything is in the local repository already. */
import type { WholeChange } from '#domain/change-set.ts';
import type { LocalRepository } from '#git/local-repository.ts';
import { buildChangeSet } from './build-change-set.ts';
import { roadFromLocal } from './from-git.ts';
import type { ChangeLimits } from './limits.ts';
import { historyProblem, loadHistory, unreadHistory } from './load-history.ts';

/** `base` and `head` are anything that git resolves to a commit. Throws `unknown-revision` or `git-failed`. */
export async function loadLocalChangeSet(
  repository: LocalRepository,
  { base, head }: { readonly base: string; readonly head: string },
  limits: ChangeLimits,
): Promise<WholeChange> {
  const tip = await repository.resolve(head);
  const against = await repository.resolve(base);
  const ends = { mergeBase: await repository.mergeBase(against, tip), head: tip };
  const change = await buildChangeSet(ends, await roadFromLocal(repository.objects, ends), limits);
  const commits = await repository.commits(against, tip, limits.maxCommits, limits.maxMessageBytes);
  const source = { objects: repository.objects, fetchCommits: async () => {}, fetchBlobs: async () => {} };
  const history = await loadHistory(commits, change, source, limits).catch((error: unknown) => {
    const problem = historyProblem(error);
    if (problem === null) throw error;
    return unreadHistory(commits, problem);
  });
  return { ...change, history };
}
