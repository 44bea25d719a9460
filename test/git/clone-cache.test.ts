import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Clone } from '#git/clone.ts';
import { type CloneCacheOptions, createCloneCache } from '#git/clone-cache.ts';
import { openRoads, type Roads } from '#test/changes/roads.ts';
import { GIT_ENVIRONMENT } from '#test/support/fake-github/git-environment.ts';
import { scratchFolder } from './scratch.ts';

let roads: Roads;
let base: string;
let head: string;
beforeEach(async () => {
  roads = await openRoads();
  ({ base, head } = await roads.change({ 'a.py': 'x\n' }, { 'a.py': 'y\n', 'b.py': 'z\n' }));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await roads.close();
});

function openCache(options: Partial<CloneCacheOptions> = {}) {
  const dir = join(scratchFolder(), 'clones');
  const url = ({ owner, name }: { owner: string; name: string }) => `${roads.fake.url}/${owner}/${name}.git`;
  const cache = createCloneCache({ dir, maxBytes: 1e9, maxBytesPerFetch: 1e9, url, ...options });
  const use = { token: roads.installation.token };
  const gitDir = join(dir, `${roads.repo.id}.git`);
  const paths = (clone: Clone) => clone.objects.diff(base, head, 'none').then((all) => all.map(({ path }) => path));
  const fetchPaths = () =>
    cache.withClone(roads.repo, use, async (clone) => {
      await clone.fetchCommits([base, head]);
      return paths(clone);
    });
  return { dir, gitDir, cache, use, fetchPaths };
}

function allFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('only what is asked for comes, and is there the next time', async () => {
  const { cache, use, fetchPaths } = openCache();
  expect(await fetchPaths()).toEqual(['a.py', 'b.py']);
  await cache.withClone(roads.repo, use, async (clone) => {
    const blobs = (await clone.objects.diff(base, head, 'none')).flatMap(({ base, head }) => [
      base?.oid ?? '',
      head?.oid ?? '',
    ]);
    const wanted = blobs.filter((oid) => oid !== '');
    expect(await clone.objects.sizes(wanted)).toEqual(new Map());
    expect(await clone.fetchBlobs(wanted.slice(0, 1))).toBe('fetched');
    expect([...(await clone.objects.read(wanted)).keys()]).toEqual(wanted.slice(0, 1));
  });
  const since = roads.fake.requests.length;
  await fetchPaths();
  expect(roads.fake.requests.slice(since)).toEqual([]);
});

test('the token stands in no argument and in no file', async () => {
  const { dir, fetchPaths } = openCache();
  const folder = scratchFolder();
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(folder, 'git'), `#!/bin/sh\nprintf '%s\\n' "$@" >> "${folder}/arguments"\nexec "${real}" "$@"\n`, {
    mode: 0o755,
  });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  await fetchPaths();
  const token = await roads.installation.token();
  const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
  const written = [join(folder, 'arguments'), ...allFiles(dir)].map((path) => readFileSync(path, 'latin1')).join('\n');
  expect(written).toContain('core.hooksPath=/dev/null');
  expect(written).not.toContain(token);
  expect(written).not.toContain(encoded);
});

test('a token that is refused may be tried again, and is not repeated in the message', async () => {
  const { cache } = openCache();
  const token = ['ghs', '1', 'x'.repeat(60)].join('_');
  const failure = cache.withClone(roads.repo, { token: async () => token }, (clone) => clone.fetchCommits([head]));
  await expect(failure).rejects.toMatchObject({ code: 'git-failed', retry: { afterMs: null } });
  await expect(failure).rejects.not.toThrow(token);
});

test('a commit that is not there is an unknown revision', async () => {
  const { cache, use } = openCache();
  const failure = cache.withClone(roads.repo, use, (clone) => clone.fetchCommits(['ab'.repeat(20)]));
  await expect(failure).rejects.toMatchObject({ code: 'unknown-revision', retry: false });
});

test('the token is not sent without encryption to another machine', async () => {
  const asked = vi.fn(async () => 'x');
  const { cache } = openCache({ url: () => 'http://git.example.com/o/r.git' });
  const failure = cache.withClone(roads.repo, { token: asked }, (clone) => clone.fetchCommits([head]));
  await expect(failure).rejects.toMatchObject({
    code: 'invalid-configuration',
    message: expect.stringContaining('git.example.com'),
  });
  expect(asked).not.toHaveBeenCalled();
});

test('a tree that could write outside is refused', async () => {
  const { path } = roads.made.git;
  const git = (args: string[], input: string) =>
    execFileSync('git', ['-C', path, ...args], { env: GIT_ENVIRONMENT, input, encoding: 'utf8' }).trim();
  const blob = git(['hash-object', '-w', '--stdin'], 'x\n');
  const tree = git(
    ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'],
    git(['cat-file', 'tree', git(['mktree'], `100644 blob ${blob}\t.git\n`)], ''),
  );
  const commit = git(['commit-tree', tree, '-m', 'x'], '');
  const { cache, use } = openCache();
  const failure = cache.withClone(roads.repo, use, (clone) => clone.fetchCommits([commit]));
  await expect(failure).rejects.toMatchObject({ code: 'git-failed', retry: false });
});

test('what a killed git left behind is swept away', async () => {
  const { gitDir, fetchPaths } = openCache();
  await fetchPaths();
  ({ base, head } = await roads.change({ 'c.py': 'x\n' }, { 'd.py': 'y\n' }));
  const leftovers = [
    'shallow.lock',
    'config.lock',
    'objects/pack/tmp_pack_abc',
    'objects/pack/pack-1.keep',
    'objects/tmp_obj_x',
  ];
  for (const path of leftovers) writeFileSync(join(gitDir, path), 'half');
  mkdirSync(join(gitDir, 'objects/tmp_objdir-incoming-1'));
  expect(await fetchPaths()).toEqual(['d.py']);
  for (const path of [...leftovers, 'objects/tmp_objdir-incoming-1'])
    expect(existsSync(join(gitDir, path)), path).toBe(false);
});

test.each([
  ['an empty folder', (gitDir: string) => mkdirSync(gitDir, { recursive: true })],
  ['no HEAD', (gitDir: string) => writeFileSync(join(gitDir, 'HEAD'), '')],
  [
    'a damaged pack',
    (gitDir: string) => {
      for (const path of allFiles(join(gitDir, 'objects/pack'))) {
        execFileSync('chmod', ['u+w', path]);
        if (path.endsWith('.pack')) writeFileSync(path, Buffer.alloc(statSync(path).size, 7));
      }
    },
  ],
])('a broken clone is made anew: %s', async (name, damage) => {
  const { gitDir, fetchPaths } = openCache();
  if (name !== 'an empty folder') await fetchPaths();
  damage(gitDir);
  expect(await fetchPaths()).toEqual(['a.py', 'b.py']);
});

test('trees that are too large end the fetch, and leave nothing', async () => {
  const { gitDir, cache, use } = openCache({ maxBytesPerFetch: 50 });
  const failure = cache.withClone(roads.repo, use, (clone) => clone.fetchCommits([head]));
  await expect(failure).rejects.toMatchObject({ code: 'git-too-large', retry: false });
  expect(existsSync(gitDir)).toBe(false);
});

test('a fetch that hangs is ended, and the next one works', async () => {
  const { cache, use, fetchPaths } = openCache({ fetchTimeoutMs: 400 });
  const { promise: hold, resolve } = Promise.withResolvers<void>();
  roads.fake.failNext({ path: /git-upload-pack/, method: 'POST', hold });
  const failure = cache.withClone(roads.repo, use, (clone) => clone.fetchCommits([head]));
  await expect(failure).rejects.toMatchObject({ code: 'git-failed', retry: { afterMs: null } });
  resolve();
  await expect(fetchPaths()).resolves.toEqual(['a.py', 'b.py']);
});

test('a fetch is ended when the work is cancelled', async () => {
  const { cache, use } = openCache();
  const controller = new AbortController();
  const { promise: hold, resolve } = Promise.withResolvers<void>();
  roads.fake.failNext({ path: /git-upload-pack/, method: 'POST', hold });
  const work = cache.withClone(roads.repo, { ...use, signal: controller.signal }, (clone) =>
    clone.fetchCommits([head]),
  );
  const asked = roads.fake.until(() =>
    roads.fake.requests.some(({ kind, status }) => kind === 'git' && status === 200),
  );
  void asked.then(() => controller.abort());
  await expect(work).rejects.toMatchObject({ code: 'cancelled', message: 'git fetch was cancelled' });
  resolve();
});

test('a folder that cannot be used is named', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, '');
  const { cache, use } = openCache({ dir: join(file, 'clones') });
  const failure = cache.withClone(roads.repo, use, (clone) => clone.fetchCommits([head]));
  await expect(failure).rejects.toMatchObject({ code: 'unreadable-path', message: expect.stringContaining(file) });
});

test('a server that fails may be tried again', async () => {
  const { cache, use } = openCache();
  roads.fake.failNext({ path: /info\/refs/, status: 503 });
  const failure = cache.withClone(roads.repo, use, (clone) => clone.fetchCommits([head]));
  await expect(failure).rejects.toMatchObject({ code: 'git-failed', retry: { afterMs: null } });
});

test('one review at a time in each clone, and clones do not wait for each other', async () => {
  const { cache, use } = openCache();
  const running: string[] = [];
  let most = 0;
  const work = (name: string) => async () => {
    running.push(name);
    most = Math.max(most, running.filter((each) => each === name).length);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const together = new Set(running).size;
    running.splice(running.indexOf(name), 1);
    return together;
  };
  const other = { ...roads.repo, id: roads.repo.id + 1 };
  const together = await Promise.all([
    ...[1, 2, 3].map(() => cache.withClone(roads.repo, use, work('one'))),
    ...[1, 2, 3].map(() => cache.withClone(other, use, work('other'))),
  ]);
  expect(most).toBe(1);
  expect(Math.max(...together)).toBe(2);
});

test('a mistake in the work is passed on, and the clone stays usable', async () => {
  const { cache, use, fetchPaths } = openCache();
  const work = vi.fn(async () => {
    throw new TypeError('mistake');
  });
  await expect(cache.withClone(roads.repo, use, work)).rejects.toBeInstanceOf(TypeError);
  expect(work).toHaveBeenCalledTimes(1);
  expect(await fetchPaths()).toEqual(['a.py', 'b.py']);
});

test('the longest unused clones go when the disk is full, also those of an earlier process', async () => {
  const { dir, cache, use } = openCache();
  const visit = (id: number, of = cache) =>
    of.withClone({ ...roads.repo, id }, use, (clone) => clone.fetchCommits([base, head]));
  for (const id of [1, 2, 3]) await visit(id);
  await visit(1);
  const bytes = allFiles(join(dir, '1.git')).reduce((sum, path) => sum + statSync(path).size, 0);
  mkdirSync(join(dir, '9.git.x.rubbish'));

  const { fake } = roads;
  const url = () => `${fake.url}/acme/models.git`;
  const later = createCloneCache({ dir, maxBytes: bytes * 3.5, maxBytesPerFetch: 1e9, url });
  await visit(4, later);
  expect(readdirSync(dir).sort()).toEqual(['1.git', '3.git', '4.git']);
});
