import { existsSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';

const made: GitRepo[] = [];
afterAll(() => Promise.all(made.map((repo) => repo.cleanup())));

async function create(): Promise<GitRepo> {
  const repo = await createGitRepo();
  made.push(repo);
  return repo;
}

test('commits are the same in every run and on every machine', async () => {
  const ids = [];
  for (const repo of [await create(), await create()]) {
    await repo.commit({ 'a.py': '1\n', 'dir/b.bin': Uint8Array.of(0, 1) }, 'First');
    ids.push(
      await repo.commit({ 'a.py': null, link: { symlink: 'dir/b.bin' }, 'run.sh': { executable: 'echo\n' } }, 'Second'),
    );
  }
  expect(ids[0]).toMatch(/^[0-9a-f]{40}$/);
  expect(ids[0]).toBe(ids[1]);
  expect(await made[0]!.git('log', '--format=%an %ad %s', '--date=iso-strict')).toBe(
    'Ada Author 2026-01-01T00:01:00+00:00 Second\nAda Author 2026-01-01T00:00:00+00:00 First',
  );
  expect((await made[0]!.git('ls-tree', '-r', 'HEAD')).split('\n').map((line) => line.replace(/ .*\t/, ' '))).toEqual([
    '100644 dir/b.bin',
    '120000 link',
    '100755 run.sh',
  ]);
});

test('a branch starts where it is told, and main is there from the start', async () => {
  const repo = await create();
  const first = await repo.commit({ 'a.py': '1\n' });
  await repo.commit({ 'a.py': '2\n' });
  await repo.branch('side', first);
  await repo.commit({ 'b.py': '1\n' });
  expect(await repo.git('merge-base', 'main', 'side')).toBe(first);
  expect(await repo.git('status', '--porcelain')).toBe('');
  await repo.write({ 'c.py': 'loose\n' });
  expect(await repo.git('status', '--porcelain')).toBe('?? c.py');
  await repo.cleanup();
  expect(existsSync(repo.path)).toBe(false);
});
