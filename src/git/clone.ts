/** One bare clone that holds the trees of the commits it was asked for, and only those blobs that a review needs. */
import { mkdir, rename } from 'node:fs/promises';
import { AppError } from '#domain/errors.ts';
import { discard, packFiles, RUBBISH, removeLeftovers, removePackFiles } from './folder.ts';
import type { Transport } from './hardening.ts';
import { createObjectStore, type ObjectStore } from './object-store.ts';
import { runGit } from './run-git.ts';

export interface Clone {
  readonly objects: ObjectStore;
  /** Brings commits with their trees, without blobs. Throws `unknown-revision` when the repository has no such commit. */
  fetchCommits(oids: readonly string[]): Promise<void>;
  /** Brings blobs, all in one request. `too-large`: they are more than one fetch may bring, and none of them came. */
  fetchBlobs(oids: readonly string[]): Promise<'fetched' | 'too-large'>;
}

export interface CloneOptions {
  readonly gitDir: string;
  readonly url: string;
  readonly token: () => Promise<string>;
  readonly maxBytesPerFetch: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

const WATCH_EVERY_MS = 100;

const QUIET = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--no-recurse-submodules'];

export async function initClone(gitDir: string): Promise<void> {
  const half = `${gitDir}${RUBBISH}`;
  await discard(half);
  await mkdir(half, { recursive: true });
  await runGit(['init', '--quiet', '--bare', '--template=', '.'], { cwd: half });
  await rename(half, gitDir);
}

export function createClone({ gitDir, url, token, maxBytesPerFetch, timeoutMs, signal }: CloneOptions): Clone {
  const objects = createObjectStore(gitDir, signal);
  const transport = transportOf(url);

  async function missing(oids: readonly string[]): Promise<string[]> {
    const there = await objects.sizes(oids);
    return [...new Set(oids)].filter((oid) => !there.has(oid));
  }

  async function fetch(args: readonly string[], oids: readonly string[]): Promise<'fetched' | 'too-large'> {
    await removeLeftovers(gitDir);
    const before = await packFiles(gitDir);
    const arrived = async () => [...(await packFiles(gitDir))].filter(([name]) => !before.has(name));
    const isTooLarge = async () => (await arrived()).reduce((sum, [, size]) => sum + size, 0) > maxBytesPerFetch;
    const tooLarge = new AbortController();
    const watch = setInterval(async () => {
      if (await isTooLarge()) tooLarge.abort();
    }, WATCH_EVERY_MS);
    try {
      await runGit(['fetch', ...QUIET, ...args, '--stdin', 'origin'], {
        cwd: gitDir,
        transport,
        timeoutMs,
        input: oids.map((oid) => `${oid}\n`).join(''),
        env: { GIT_DIR: gitDir, ...fetchSettings(url, await token()) },
        signal: signal ? AbortSignal.any([signal, tooLarge.signal]) : tooLarge.signal,
      });
      if (await isTooLarge()) tooLarge.abort();
    } catch (error) {
      if (!tooLarge.signal.aborted) throw error;
    } finally {
      clearInterval(watch);
      await removeLeftovers(gitDir);
    }
    if (tooLarge.signal.aborted) {
      // It may have been ended after its last pack was complete.
      await removePackFiles(gitDir, await arrived());
      return 'too-large';
    }
    const absent = await missing(oids);
    if (absent.length === 0) return 'fetched';
    throw new AppError('git-failed', `git fetch brought ${oids.length - absent.length} of ${oids.length} objects`);
  }

  return {
    objects,
    async fetchCommits(oids) {
      const wanted = await missing(oids);
      if (wanted.length === 0) return;
      if ((await fetch(['--depth=1'], wanted)) === 'fetched') return;
      throw new AppError('git-too-large', `the trees of the commits are more than ${maxBytesPerFetch} bytes to fetch`);
    },
    async fetchBlobs(oids) {
      const wanted = await missing(oids);
      return wanted.length === 0 ? 'fetched' : fetch([], wanted);
    },
  };
}

/**
 * Settings by environment: the token is then in no argument list, no file and no URL, and goes to this host alone. The
 * promisor remote and its filter are never written down, so other commands see an ordinary repository, say that a blob
 * is missing, and cannot go and get it one request at a time.
 */
function fetchSettings(url: string, token: string): Record<string, string> {
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  const settings = [
    ['remote.origin.url', url],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.partialCloneFilter', 'blob:none'],
    // Explicit ids are asked for; what else is here does not matter, and telling takes time.
    ['fetch.negotiationAlgorithm', 'noop'],
    // Always one pack, never loose objects: what came is counted, and removed, as one file.
    ['fetch.unpackLimit', '1'],
    [`http.${new URL(url).origin}/.extraHeader`, `Authorization: Basic ${credentials}`],
  ];
  const pairs = settings.flatMap(([key = '', value = ''], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}

/** https only, but for a server on this machine. */
function transportOf(url: string): Transport {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return 'https';
  if (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return 'http';
  throw new AppError(
    'invalid-configuration',
    `repositories are fetched over https, and not from ${protocol}//${hostname}`,
  );
}
