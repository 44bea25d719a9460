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
import type { ChangeSet } from '#domain/change-set.ts';
import { type CloneCacheOptions, createCloneCache } from '#git/clone-cache.ts';
import { openLocalRepository } from '#git/local-repository.ts';
import { createGitHub, type GitHubOptions } from '#github/github.ts';
import type { FileContent } from '#test/support/fake-github/bare-repository.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';

export type Files = Readonly<Record<string, FileContent>>;
export type Roads = Awaited<ReturnType<typeof openRoads>>;

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

    load: (ends: { base: string; head: string }, limits: Partial<ChangeLimits> = {}): Promise<ChangeSet> =>
      loadChangeSet({ repo, ...ends }, { github: installation, clones }, { ...DEFAULT_LIMITS, ...limits }),

    /** Null when the road is not taken. */
    async byApi({ base, head }: { base: string; head: string }, limits: Partial<ChangeLimits> = {}) {
      const all = { ...DEFAULT_LIMITS, ...limits };
      const comparison = await installation.compare(repo, base, head);
      const road = await roadFromApi(installation, repo, head, comparison, all);
      return road && buildChangeSet({ mergeBase: comparison.mergeBase, head }, road, all);
    },

    async byGit(
      { base, head }: { base: string; head: string },
      limits: Partial<ChangeLimits> = {},
    ): Promise<ChangeSet> {
      const all = { ...DEFAULT_LIMITS, ...limits };
      const { mergeBase } = await installation.compare(repo, base, head);
      const ends = { mergeBase, head };
      return clones.withClone(repo, { token: installation.token }, async (clone) =>
        buildChangeSet(ends, await roadFromClone(clone, ends, all), all),
      );
    },

    async byCommandLine(ends: { base: string; head: string }, limits: Partial<ChangeLimits> = {}): Promise<ChangeSet> {
      return loadLocalChangeSet(await openLocalRepository(made.git.path), ends, { ...DEFAULT_LIMITS, ...limits });
    },

    async close() {
      await fake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
