/** Keeps bare clones on disk between reviews: one for each repository, one review at a time in each, bounded in total. */
import { mkdir, readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#domain/errors.ts';
import type { Repository } from '#domain/review-request.ts';
import { type Clone, createClone, initClone } from './clone.ts';
import { discard, folderBytes, packFiles, RUBBISH } from './folder.ts';

export interface CloneCacheOptions {
  /** A folder that this process alone uses. */
  readonly dir: string;
  /** Clones that nobody uses are removed, the longest unused first, until all are together within this. */
  readonly maxBytes: number;
  readonly maxBytesPerFetch: number;
  readonly fetchTimeoutMs?: number;
  /** The address that git fetches from, without credentials. */
  readonly url: (repo: Repository) => string;
}

export interface CloneUse {
  readonly token: () => Promise<string>;
  readonly signal?: AbortSignal;
}

export interface CloneCache {
  /** Runs `work` alone in the repository's clone; once more from an empty clone when git says that this one is broken. */
  withClone<T>(repo: Repository, use: CloneUse, work: (clone: Clone) => Promise<T>): Promise<T>;
}

/** Each fetch adds a pack of three files, and lookups get slower with each; nothing is repacked, so such a clone starts again. */
const MAX_PACK_FILES = 300;
const FETCH_TIMEOUT_MS = 300_000;

export function createCloneCache(options: CloneCacheOptions): CloneCache {
  const { dir, maxBytes, maxBytesPerFetch, fetchTimeoutMs = FETCH_TIMEOUT_MS } = options;
  const lines = new Map<string, Promise<unknown>>();
  /** By folder name, the longest unused first. */
  const sizes = new Map<string, number>();
  let found: Promise<void> | null = null;

  async function findClones(): Promise<void> {
    await mkdir(dir, { recursive: true });
    const names = await readdir(dir);
    await Promise.all(names.filter((name) => name.endsWith(RUBBISH)).map((name) => discard(join(dir, name))));
    const clones = names.filter((name) => /^\d+\.git$/.test(name));
    const times = await Promise.all(
      clones.map(async (name) => ({ name, usedAt: (await stat(join(dir, name))).mtimeMs })),
    );
    for (const { name } of times.sort((a, b) => a.usedAt - b.usedAt))
      sizes.set(name, await folderBytes(join(dir, name)));
  }

  async function prepare(name: string): Promise<string> {
    const gitDir = join(dir, name);
    if (sizes.has(name) && (await packFiles(gitDir)).size > MAX_PACK_FILES) await discard(gitDir);
    if (!(await stat(gitDir).catch(() => null))) await initClone(gitDir);
    return gitDir;
  }

  async function settle(name: string): Promise<void> {
    sizes.delete(name);
    sizes.set(name, await folderBytes(join(dir, name)));
    const now = new Date();
    await utimes(join(dir, name), now, now).catch(() => {});
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [candidate, size] of [...sizes]) {
      if (total <= maxBytes) return;
      if (candidate !== name && lines.has(candidate)) continue;
      sizes.delete(candidate);
      total -= size;
      await discard(join(dir, candidate));
    }
  }

  async function use<T>(
    repo: Repository,
    name: string,
    { token, signal }: CloneUse,
    work: (clone: Clone) => Promise<T>,
  ) {
    found ??= findClones().catch((cause: unknown) => {
      found = null;
      throw new AppError('unreadable-path', `the folder for clones cannot be used: ${dir}`, { cause });
    });
    await found;
    const attempt = async () => {
      const gitDir = await prepare(name);
      const limits = { maxBytesPerFetch, timeoutMs: fetchTimeoutMs, ...(signal && { signal }) };
      return work(createClone({ gitDir, url: options.url(repo), token, ...limits }));
    };
    try {
      return await attempt().catch(async (error: unknown) => {
        if (!spoilsClone(error)) throw error;
        await discard(join(dir, name));
        if (error.code === 'git-too-large') throw error;
        return attempt();
      });
    } finally {
      await settle(name);
    }
  }

  return {
    withClone(repo, cloneUse, work) {
      const name = `${repo.id}.git`;
      const before = lines.get(name) ?? Promise.resolve();
      const turn = before.then(() => use(repo, name, cloneUse, work));
      const done = turn.then(
        () => {},
        () => {},
      );
      lines.set(name, done);
      void done.then(() => lines.get(name) === done && lines.delete(name));
      return turn;
    },
  };
}

/** Half of what a fetch brought is gone, or git failed where no network explains it and no second try cures it. */
function spoilsClone(error: unknown): error is AppError {
  if (!(error instanceof AppError)) return false;
  return error.code === 'git-too-large' || (error.code === 'git-failed' && error.retry === false);
}
