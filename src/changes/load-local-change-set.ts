/** The command line's way to a change: everything is in the local repository already. */
import type { ChangeSet } from '#domain/change-set.ts';
import type { LocalRepository } from '#git/local-repository.ts';
import { buildChangeSet } from './build-change-set.ts';
import { roadFromLocal } from './from-git.ts';
import type { ChangeLimits } from './limits.ts';

/** `base` and `head` are anything that git resolves to a commit. Throws `unknown-revision` or `git-failed`. */
export async function loadLocalChangeSet(
  repository: LocalRepository,
  { base, head }: { readonly base: string; readonly head: string },
  limits: ChangeLimits,
): Promise<ChangeSet> {
  const tip = await repository.resolve(head);
  const ends = { mergeBase: await repository.mergeBase(await repository.resolve(base), tip), head: tip };
  return buildChangeSet(ends, await roadFromLocal(repository.objects, ends), limits);
}
