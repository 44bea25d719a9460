import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listWorkTree, openLocalRepository } from '#git/local-repository.ts';
import { scratchFolder, scratchRepository } from './scratch.ts';

/** More bytes than anything here has. */
const MANY = 1_000_000;

test('a repository is found from a folder inside it', async () => {
  const repo = scratchRepository();
  repo.commit({ 'src/deep/a.py': 'x\n' });
  const local = await openLocalRepository(join(repo.path, 'src/deep'));
  expect(local.root).toBe(repo.git('rev-parse', '--show-toplevel'));
});

test.each(['work tree', 'bare', 'name:with:colons', 'name "quoted"'])('%s: commits are compared', async (name) => {
  const repo = scratchRepository(name);
  const base = repo.commit({ 'a.py': 'x\n' });
  const head = repo.commit({ 'a.py': 'y\n' });
  const path = name === 'bare' ? join(repo.path, '.git') : repo.path;
  if (name === 'bare') repo.git('config', 'core.bare', 'true');
  const { objects, resolve } = await openLocalRepository(path);
  expect(await resolve('main~1')).toBe(base);
  const [change] = await objects.diff(base, head, 'similar');
  const lines: string[] = [];
  const pair = { base: change?.base?.oid ?? '', head: change?.head?.oid ?? '' };
  await objects.hunkLines([pair], (_, line) => lines.push(line));
  expect(lines).toEqual(['@@ -1 +1 @@']);
});

test('the commits of a change are listed parents first, the last ones of many, with their messages', async () => {
  const repo = scratchRepository();
  const base = repo.commit({ 'a.py': 'x\n' });
  const first = repo.commit({ 'a.py': 'y\n' });
  repo.git('commit', '--quiet', '--amend', '--message=Say\n\nmuch\n');
  const amended = repo.git('rev-parse', 'HEAD');
  const second = repo.commit({ 'a.py': 'z\n' });
  const local = await openLocalRepository(repo.path);
  const { commits, total } = await local.commits(base, second, 10, MANY);
  expect(commits.map(({ oid }) => oid)).toEqual([amended, second]);
  expect(commits[0]).toMatchObject({ parents: [base], message: 'Say\n\nmuch' });
  expect(total).toBe(2);
  expect((await local.commits(base, second, 1, MANY)).commits.map(({ oid }) => oid)).toEqual([second]);
  expect(await local.commits(second, second, 10, MANY)).toEqual({ commits: [], total: 0 });
  const bytes = repo.git('cat-file', 'commit', second).length + 1;
  const largest = async (limit: number) => (await local.commits(base, second, 10, limit)).commits.map(({ oid }) => oid);
  expect(await largest(bytes)).toEqual([second]);
  expect(await local.commits(base, second, 10, bytes - 1)).toEqual({ commits: [], total: 2 });
  expect(first).not.toBe(amended);
});

test('a merge brings what none of its parents has', async () => {
  const repo = scratchRepository();
  const base = repo.commit({ 'a.py': 'x\n', 'b.py': 'x\n', 'c.py': 'x\n' });
  const one = repo.commit({ 'a.py': 'one\n', 'c.py': 'one\n' });
  repo.git('checkout', '--quiet', base);
  const two = repo.commit({ 'a.py': 'two\n', 'b.py': 'two\n' });
  const tree = repo.git('rev-parse', `${repo.commit({ 'a.py': 'both\n', 'c.py': 'one\n' })}^{tree}`);
  const merge = repo.git('commit-tree', tree, '-p', one, '-p', two, '-m', 'Merge');
  const { objects } = await openLocalRepository(repo.path);
  const changes = await objects.diffCommits([
    { oid: one, parents: [base] },
    { oid: merge, parents: [one, two] },
    { oid: base, parents: [] },
  ]);
  expect(changes.map(({ commit, path, before, after }) => [commit, path, before.length, after !== null])).toEqual([
    [one, 'a.py', 1, true],
    [one, 'c.py', 1, true],
    [merge, 'a.py', 2, true],
    [base, 'a.py', 1, true],
    [base, 'b.py', 1, true],
    [base, 'c.py', 1, true],
  ]);
  expect(await objects.diffCommits([])).toEqual([]);
});

test('a merge with more parents than git reads in one line brings what none of them has', async () => {
  const repo = scratchRepository();
  const base = repo.commit({ 'a.py': 'x\n' });
  const parents = Array.from({ length: 30 }, (_, index) =>
    repo.git('commit-tree', `${base}^{tree}`, '-p', base, '-m', `${index}`),
  );
  const tree = repo.git('rev-parse', `${repo.commit({ '.env': 'x\n' })}^{tree}`);
  const merge = repo.git('commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', 'Merge');
  const after = repo.git('commit-tree', `${base}^{tree}`, '-p', merge, '-m', 'Remove');
  const { objects } = await openLocalRepository(repo.path);
  const changes = await objects.diffCommits([
    { oid: merge, parents },
    { oid: after, parents: [merge] },
  ]);
  expect(changes.map(({ commit, path, before }) => [commit, path, before.length])).toEqual([
    [merge, '.env', 30],
    [after, '.env', 1],
  ]);
});

test('reading leaves no trace in the repository', async () => {
  const repo = scratchRepository();
  const base = repo.commit({ 'a.py': 'x\n' });
  const head = repo.commit({ 'a.py': 'y\n' });
  const before = repo.git('count-objects', '-v');
  const { objects } = await openLocalRepository(repo.path);
  const [change] = await objects.diff(base, head, 'similar');
  await objects.hunkLines([{ base: change?.base?.oid ?? '', head: change?.head?.oid ?? '' }], () => {});
  expect(repo.git('count-objects', '-v')).toBe(before);
  expect(repo.git('status', '--porcelain')).toBe('');
});

test.each(['nothing', '--help', '--all', 'HEAD:a.py', 'main^{tree}', '', 'a..b', '@{upstream}', 'x\ny'])(
  '%j is no commit',
  async (revision) => {
    const repo = scratchRepository();
    repo.commit({ 'a.py': 'x\n' });
    const local = await openLocalRepository(repo.path);
    await expect(local.resolve(revision)).rejects.toMatchObject({
      code: 'unknown-revision',
      message: `no such commit in ${local.root}: ${revision}`,
    });
  },
);

test('a tag is the commit that it names', async () => {
  const repo = scratchRepository();
  const commit = repo.commit({ 'a.py': 'x\n' });
  repo.git('tag', '--annotate', '--message=x', 'v1');
  expect(await (await openLocalRepository(repo.path)).resolve('v1')).toBe(commit);
});

test('no repository: the folder is named', async () => {
  const folder = scratchFolder();
  await expect(openLocalRepository(folder)).rejects.toMatchObject({
    code: 'no-repository',
    message: `not a git repository: ${folder}`,
  });
  const missing = join(folder, 'missing');
  await expect(openLocalRepository(missing)).rejects.toMatchObject({
    code: 'no-repository',
    message: `no such folder: ${missing}`,
  });
});

test('histories without a common ancestor are said to be so', async () => {
  const repo = scratchRepository();
  const a = repo.commit({ 'a.py': 'x\n' });
  repo.git('checkout', '--quiet', '--orphan', 'other');
  const b = repo.commit({ 'b.py': 'x\n' });
  const local = await openLocalRepository(repo.path);
  await expect(local.mergeBase(a, b)).rejects.toMatchObject({
    code: 'unknown-revision',
    message: `${a} and ${b} have no common ancestor`,
  });
});

test('a shallow clone gets the way out', async () => {
  const repo = scratchRepository();
  repo.commit({ 'a.py': '1\n' });
  repo.commit({ 'a.py': '2\n' });
  repo.git('checkout', '--quiet', '-b', 'topic');
  repo.commit({ 'b.py': '3\n' });
  repo.git('checkout', '--quiet', 'main');
  repo.commit({ 'a.py': '4\n' });
  const shallow = scratchRepository();
  shallow.git('fetch', '--quiet', '--depth=1', `file://${repo.path}`, 'main:main2', 'topic:topic');
  const local = await openLocalRepository(shallow.path);
  const failure = local.mergeBase(await local.resolve('main2'), await local.resolve('topic'));
  await expect(failure).rejects.toMatchObject({ message: expect.stringContaining('git fetch --unshallow') });
});

test('the base that suggests itself', async () => {
  const repo = scratchRepository();
  const local = await openLocalRepository(repo.path);
  await expect(local.defaultBase()).rejects.toMatchObject({
    code: 'unknown-revision',
    message: expect.stringContaining('--base'),
  });
  const commit = repo.commit({ 'a.py': 'x\n' });
  expect(await local.defaultBase()).toBe('main');
  repo.git('update-ref', 'refs/remotes/origin/master', commit);
  expect(await local.defaultBase()).toBe('origin/master');
  repo.git('update-ref', 'refs/remotes/origin/dev', commit);
  repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/dev');
  expect(await local.defaultBase()).toBe('origin/HEAD');
});

test('a file is read from a commit, and not from the disk', async () => {
  const repo = scratchRepository();
  const commit = repo.commit({ '.github/assay.yml': 'fail-on: low\n', ':(top)*': 'odd\n' });
  repo.write('.github/assay.yml', 'changed\n');
  const { readFile } = await openLocalRepository(join(repo.path, '.github'));
  const text = async (path: string) => Buffer.from((await readFile(commit, path)) ?? 'none').toString();
  expect(await text('.github/assay.yml')).toBe('fail-on: low\n');
  expect(await text(':(top)*')).toBe('odd\n');
  expect(await text('.github')).toBe('none');
  expect(await text('missing')).toBe('none');
});

test('the work tree is what is tracked, and what is new and not ignored', async () => {
  const repo = scratchRepository();
  repo.commit({ 'a.py': '', 'src/b.py': '', 'src/gone.py': '', '.gitignore': '*.log\nout/\n' });
  repo.write('src/new\n"line.py', '');
  repo.write('noise.log', '');
  repo.write('out/c.py', '');
  rmSync(join(repo.path, 'src/gone.py'));
  symlinkSync('a.py', join(repo.path, 'link'));
  expect(await listWorkTree(repo.path)).toEqual([
    '.gitignore',
    'a.py',
    'link',
    'src/b.py',
    'src/gone.py',
    'src/new\n"line.py',
  ]);
  expect(await listWorkTree(join(repo.path, 'src'))).toEqual(['b.py', 'gone.py', 'new\n"line.py']);
});

test('outside a work tree there is nothing to list', async () => {
  const folder = scratchFolder();
  mkdirSync(join(folder, 'x'));
  writeFileSync(join(folder, 'x/a.py'), '');
  expect(await listWorkTree(folder)).toBeNull();
});
