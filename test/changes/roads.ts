/** One repository of the stand-in GitHub, and every road to what a change in it holds. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildChangeSet } from '#changes/build-change-set.ts';
import { roadFromApi } from '#changes/from-api.ts';
import { roadFromClone } from '#changes/from-git.ts';
import { type ChangeLimits, DEFAULT_LIMITS } from '#changes/limits.ts';
import { loadChangeSet } from '#changes/load-change-set.ts';
import { loadLocalChangeSet } from '#changes/load-local-change-set.ts';
import type { ChangeSet, WholeChange } from '#domain/change-set.ts';
import { type CloneCacheOptions, createCloneCache } from '#git/clone-cache.ts';
import { openLocalRepository } from '#git/local-repository.ts';
import { createGitHub, type GitHubOptions } from '#github/github.ts';
import type { FileContent } from '#test/support/fake-github/bare-repository.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';

export type Files = Readonly<Record<string, FileContent>>;
export type Roads = Awaited<ReturnType<typeof openRoads>>;

interface Ends {
  readonly base: string;
  readonly head: string;
}

const all = (limits: Partial<ChangeLimits>): ChangeLimits => ({ ...DEFAULT_LIMITS, ...limits });

function withoutHistory({ history: _, ...change }: WholeChange): ChangeSet {
  return change;
}

export async function openRoads(options: { cache?: Partial<CloneCacheOptions>; github?: Partial<GitHubOptions> } = {}) {
  const fake: FakeGitHub = await startFakeGitHub();
  const folder = await mkdtemp(join(tmpdir(), 'assay-roads-'));
  const { appId, privateKey, url } = fake;
  const github = createGitHub({ appId, privateKey, baseUrl: url, writeSpacingMs: 0, ...options.github });
  const made = await fake.createRepository({ owner: 'acme', name: 'models' });
  const repo = { id: made.id, owner: 'acme', name: 'models' };
  const installation = github.forInstallation(made.installation?.id ?? 0);
  const clones = createCloneCache({
    dir: join(folder, 'clones'),
    maxBytes: 1e9,
    maxBytesPerFetch: 1e9,
    url: ({ owner, name }) => `${url}/${owner}/${name}.git`,
    ...options.cache,
  });
  let branches = 0;

  return {
    fake,
    made,
    repo,
    github,
    installation,
    clones,
    folder,

    /** Two commits, the second on top of the first. */
    async change(before: Files, after: Files): Promise<{ base: string; head: string }> {
      const branch = `change-${++branches}`;
      const base = await fake.commit(made, branch, { files: before, parent: null });
      return { base, head: await fake.commit(made, branch, { files: after }) };
    },

    load: async (ends: Ends, limits: Partial<ChangeLimits> = {}): Promise<ChangeSet> =>
      withoutHistory(await loadChangeSet({ repo, ...ends }, { github: installation, clones }, all(limits))),

    /** What the commits of the change hold besides, by both ways to it. */
    async histories(ends: Ends, limits: Partial<ChangeLimits> = {}) {
      const doors = { github: installation, clones, lastAttempt: true };
      const local = await openLocalRepository(made.git.path);
      return {
        app: (await loadChangeSet({ repo, ...ends }, doors, all(limits))).history,
        commandLine: (await loadLocalChangeSet(local, ends, all(limits))).history,
      };
    },

    /** Null when the road is not taken. */
    async byApi({ base, head }: Ends, limits: Partial<ChangeLimits> = {}) {
      const comparison = await installation.compare(repo, base, head);
      const road = await roadFromApi(installation, repo, head, comparison, all(limits));
      return road && buildChangeSet({ mergeBase: comparison.mergeBase, head }, road, all(limits));
    },

    async byGit({ base, head }: Ends, limits: Partial<ChangeLimits> = {}): Promise<ChangeSet> {
      const { mergeBase } = await installation.compare(repo, base, head);
      const ends = { mergeBase, head };
      return clones.withClone(repo, { token: installation.token }, async (clone) =>
        buildChangeSet(ends, await roadFromClone(clone, ends, all(limits)), all(limits)),
      );
    },

    async byCommandLine(ends: Ends, limits: Partial<ChangeLimits> = {}): Promise<ChangeSet> {
      return withoutHistory(await loadLocalChangeSet(await openLocalRepository(made.git.path), ends, all(limits)));
    },

    async close() {
      await fake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
