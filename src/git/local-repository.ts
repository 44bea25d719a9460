/** The command line's repository: resolves revisions, finds the merge base, reads single files; writes nothing and runs nothing of it. */

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '#domain/errors.ts';
import type { CommitList } from '#domain/history.ts';
import { parseCommit } from './commit-object.ts';
import { createObjectStore, type ObjectStore } from './object-store.ts';
import { type GitOptions, runGit } from './run-git.ts';

export interface LocalRepository {
  /** The top folder of the work tree; of a bare repository its own folder. */
  readonly root: string;
  readonly objects: ObjectStore;
  /** The full id of a commit. Throws `unknown-revision`. */
  resolve(revision: string): Promise<string>;
  /** Throws `unknown-revision` when the two have no common ancestor here. */
  mergeBase(a: string, b: string): Promise<string>;
  /** What a change is most likely to be merged into. Throws `unknown-revision` when nothing suggests itself. */
  defaultBase(): Promise<string>;
  /**
   * The commits that `head` has and `base` has not, parents before children: the last `max` of them, or fewer, where they are
   * more than `maxBytes` together. Both are full ids.
   */
  commits(base: string, head: string, max: number, maxBytes: number): Promise<CommitList>;
  /** The bytes of a file in a commit, or null when there is none. `commit` is a full id. */
  readFile(commit: string, path: string): Promise<Uint8Array | null>;
  /** Those of the files that the commit has, by path. */
  readFiles(commit: string, paths: readonly string[]): Promise<Map<string, Uint8Array>>;
}

const DEFAULT_BASES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** Throws `no-repository` when `dir` is not inside a git repository. */
export async function openLocalRepository(dir: string, signal?: AbortSignal): Promise<LocalRepository> {
  const cwd = resolve(dir);
  if (!(await stat(cwd).catch(() => null))?.isDirectory())
    throw new AppError('no-repository', `no such folder: ${dir}`);
  const at: GitOptions = { cwd, ...(signal && { signal }) };
  const gitDir = await ask(['rev-parse', '--absolute-git-dir'], at).catch((cause: unknown) => {
    if (!(cause instanceof AppError) || cause.code !== 'git-failed') throw cause;
    if (!/not a git repository/.test(cause.message)) throw cause;
    throw new AppError('no-repository', `not a git repository: ${dir}`, { cause });
  });
  const bare = (await ask(['rev-parse', '--is-bare-repository'], at)) === 'true';
  const root = bare ? gitDir : await ask(['rev-parse', '--show-toplevel'], at);
  const options: GitOptions = { ...at, cwd: root };
  const objects = createObjectStore(gitDir, signal);

  async function find(expression: string): Promise<string | null> {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', expression];
    const { code, stdout } = await runGit(args, { ...options, answers: [1, 128] });
    return code === 0 ? stdout.toString('latin1').trim() : null;
  }

  /** The last of them that are so many bytes together: a message alone may be of any size. */
  async function fitting(oids: readonly string[], maxBytes: number): Promise<string[]> {
    const sizes = await objects.sizes(oids);
    let total = 0;
    const first = oids.findLastIndex((oid) => {
      total += sizes.get(oid) ?? 0;
      return total > maxBytes;
    });
    return oids.slice(first + 1);
  }

  async function readFiles(commit: string, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
    if (paths.length === 0) return new Map();
    const { stdout } = await runGit(['ls-tree', '-z', '--full-tree', commit, '--', ...paths], options);
    const entries = stdout
      .toString('utf8')
      .split('\0')
      .flatMap((entry) => {
        const [, oid, path] = /^\d+ blob ([0-9a-f]+)\t([\s\S]+)$/.exec(entry) ?? [];
        return oid === undefined || path === undefined ? [] : [{ oid, path }];
      });
    const contents = await objects.read(entries.map(({ oid }) => oid));
    return new Map(
      entries.flatMap(({ oid, path }): [string, Uint8Array][] => {
        const bytes = contents.get(oid);
        return bytes === undefined ? [] : [[path, bytes]];
      }),
    );
  }

  return {
    root,
    objects,

    async resolve(revision) {
      const oid = await find(`${revision}^{commit}`);
      if (oid === null) throw new AppError('unknown-revision', `no such commit in ${root}: ${revision}`);
      return oid;
    },

    async mergeBase(a, b) {
      const { code, stdout } = await runGit(['merge-base', a, b], { ...options, answers: [1] });
      if (code === 0) return stdout.toString('latin1').trim();
      const shallow = (await ask(['rev-parse', '--is-shallow-repository'], options)) === 'true';
      const hint = shallow ? '; this clone is shallow: fetch its history first (git fetch --unshallow)' : '';
      throw new AppError('unknown-revision', `${a} and ${b} have no common ancestor${hint}`);
    },

    async commits(base, head, max, maxBytes) {
      const all = (await ask(['rev-list', '--topo-order', '--reverse', head, `^${base}`, '--'], options))
        .split('\n')
        .filter((oid) => oid !== '');
      const oids = await fitting(all.slice(-max), maxBytes);
      const texts = await objects.read(oids);
      const commits = oids.flatMap((oid) => {
        const bytes = texts.get(oid);
        return bytes === undefined ? [] : [{ oid, ...parseCommit(bytes) }];
      });
      return { commits, total: all.length };
    },

    async defaultBase() {
      for (const name of DEFAULT_BASES) {
        if ((await find(`${name}^{commit}`)) !== null) return name;
      }
      throw new AppError(
        'unknown-revision',
        `no base to compare with: none of ${DEFAULT_BASES.join(', ')} exists; name one with --base`,
      );
    },

    readFile: async (commit, path) => (await readFiles(commit, [path])).get(path) ?? null,
    readFiles,
  };
}

/**
 * The files that a person would call the project's: tracked or not, without the ignored. Relative to `dir`, sorted; a
 * tracked file that was deleted from the disk is listed, and a submodule is listed as its folder. Null outside a work tree.
 */
export async function listWorkTree(dir: string, signal?: AbortSignal): Promise<string[] | null> {
  const options: GitOptions = { cwd: resolve(dir), ...(signal && { signal }) };
  const inside = await runGit(['rev-parse', '--is-inside-work-tree'], { ...options, answers: [128] });
  if (inside.stdout.toString('latin1').trim() !== 'true') return null;
  const { stdout } = await runGit(['ls-files', '-z', '--cached', '--others', '--exclude-standard'], options);
  const paths = stdout
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
  return [...new Set(paths)].sort();
}

async function ask(args: readonly string[], options: GitOptions): Promise<string> {
  return (await runGit(args, options)).stdout.toString('utf8').replace(/\n$/, '');
}
