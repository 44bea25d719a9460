import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, connect } from '#test/fake-github/client.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { runGit } from '#test/support/fake-github/git-process.ts';
import type { Repository } from '#test/support/fake-github/state.ts';

let fake: FakeGitHub;
let repo: Repository;
let client: Client;

beforeAll(async () => {
  fake = await startFakeGitHub({ checkAnswers: true });
  repo = await fake.createRepository({ owner: 'acme', name: 'ml' });
  client = await connect(fake, repo.installation!);
  await fake.commit(repo, 'main', {
    files: { 'keep.py': lines(1, 40), 'other.py': lines(100, 140), 'blob.bin': bytes(0, 1) },
  });
});
afterAll(async () => {
  await fake.close();
  expect(fake.violations).toEqual([]);
});

function lines(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('');
}
function bytes(...values: number[]): Uint8Array {
  return Uint8Array.from(values);
}
async function git(...args: string[]): Promise<string> {
  return (await runGit(['-C', repo.git.path, ...args])).toString().trim();
}
async function compare(base: string, head: string) {
  const answer = await client.get(`/repos/acme/ml/compare/${base}...${head}`);
  expect(answer.status).toBe(200);
  return answer.body;
}
async function branchOff(branch: string, files: Parameters<FakeGitHub['commit']>[2] & object, from = 'main') {
  return fake.commit(repo, branch, { ...files, parent: repo.git.refs.get(`refs/heads/${from}`)! });
}

describe('the files of a comparison', () => {
  test('say what happened to each', async () => {
    const head = await branchOff('kinds', {
      files: {
        'keep.py': lines(1, 40).replace('line 20', 'LINE 20'),
        'other.py': null,
        'moved/other.py': lines(100, 140),
        'blob.bin': bytes(0, 2),
        'new.txt': 'no line end',
        link: { symlink: 'keep.py' },
        sub: { submodule: '1'.repeat(40) },
        'tool.sh': { executable: 'echo\n' },
      },
    });
    const { files } = await compare('main', head);
    const shown = files.map((file: Record<string, unknown>) => [
      file.status,
      file.filename,
      file.additions,
      file.deletions,
    ]);
    expect(shown).toEqual([
      ['modified', 'blob.bin', 0, 0],
      ['modified', 'keep.py', 1, 1],
      ['added', 'link', 1, 0],
      ['renamed', 'moved/other.py', 0, 0],
      ['added', 'new.txt', 1, 0],
      ['added', 'sub', 1, 0],
      ['added', 'tool.sh', 1, 0],
    ]);
    const [blob, keep, , moved, added, sub] = files;
    expect(blob).not.toHaveProperty('patch');
    expect(keep.patch).toBe(
      '@@ -17,7 +17,7 @@ line 16\n line 17\n line 18\n line 19\n-line 20\n+LINE 20\n line 21\n line 22\n line 23',
    );
    expect(keep.sha).toBe(await git('rev-parse', `${head}:keep.py`));
    expect(moved).toMatchObject({ previous_filename: 'other.py' });
    expect(moved).not.toHaveProperty('patch');
    expect(added.patch).toBe('@@ -0,0 +1 @@\n+no line end\n\\ No newline at end of file');
    expect(sub.sha).toBe('1'.repeat(40));
  });

  test('keep their patches apart when a file becomes a link, and in content that looks like a diff', async () => {
    const trap = '--- a/x\n+++ b/x\n@@ -1 +1 @@\ndiff --git a/x b/x\n';
    const head = await branchOff('traps', {
      files: { 'keep.py': { symlink: 'x' }, 'trap.diff': trap, 'z.txt': 'z\n' },
    });
    const { files } = await compare('main', head);
    expect(
      files.map((file: Record<string, unknown>) => [file.status, file.filename, file.additions, file.deletions]),
    ).toEqual([
      ['changed', 'keep.py', 1, 40],
      ['added', 'trap.diff', 4, 0],
      ['added', 'z.txt', 1, 0],
    ]);
    expect(files[1].patch).toBe(`@@ -0,0 +1,4 @@\n${trap.trimEnd().replace(/^/gm, '+')}`);
  });

  test('have the names that people gave them', async () => {
    const names = [
      'a "quoted"',
      'back\\slash',
      'line\nend',
      'ünïcode 名前',
      'tab\there',
      ' space ',
      ':colon',
      '100%#?',
    ];
    const head = await branchOff('names', { files: Object.fromEntries(names.map((name) => [name, `${name}\n`])) });
    const { files } = await compare('main', head);
    expect(files.map((file: { filename: string }) => file.filename).sort()).toEqual(names.sort());
  });

  test('agree with git in number and size', async () => {
    const head = await branchOff('numbers', {
      files: { 'keep.py': `${lines(30, 70)}${lines(1, 20)}`, 'other.py': lines(90, 138), 'sub/dir/x.py': lines(1, 3) },
    });
    const { files } = await compare('main', head);
    const shown = files.map(
      (file: Record<string, unknown>) => `${file.additions}\t${file.deletions}\t${file.filename}`,
    );
    expect(shown.join('\n')).toBe(await git('diff', '--numstat', '-M', 'main', head));
  });

  test('stop at 300, and have no patch where it is large', async () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`many/${index}.py`, `x = ${index}\n`]));
    const { pull } = await fake.openPull({ repo, files: many });
    expect((await compare('main', pull.head.sha)).files).toHaveLength(300);
    expect((await client.get(`/repos/acme/ml/compare/main...${pull.head.sha}?page=2`)).body.files).toEqual([]);
    const lastPage = await client.get(`/repos/acme/ml/pulls/${pull.number}/files?per_page=100&page=30`);
    expect(lastPage.body).toHaveLength(100);
    expect(lastPage.headers.get('link')).not.toContain('next');

    const wide = `${'x'.repeat(200)}\n`;
    const head = await branchOff('large', {
      files: { 'a.txt': wide.repeat(3000), 'b.txt': 'small\n', 'c.txt': lines(1, 20_001) },
    });
    const { files } = await compare('main', head);
    expect(files.map((file: object) => 'patch' in file)).toEqual([false, true, false]);
    expect(files.map((file: { changes: number }) => file.changes)).toEqual([3000, 1, 20_001]);
  });
});

describe('the merge base', () => {
  test('is that of git, with what is ahead and behind', async () => {
    const fork = repo.git.refs.get('refs/heads/main')!;
    const left = await branchOff('left', { files: { 'l.txt': '1\n' } });
    const right = await branchOff('right', { files: { 'r.txt': '1\n' } });
    await fake.commit(repo, 'right', { files: { 'r.txt': '2\n' } });
    const diverged = await compare('left', 'right');
    expect(diverged).toMatchObject({ status: 'diverged', ahead_by: 2, behind_by: 1, total_commits: 2 });
    expect(diverged.merge_base_commit.sha).toBe(fork);
    expect(diverged.files.map((file: { filename: string }) => file.filename)).toEqual(['r.txt']);
    expect(await compare(right, 'right')).toMatchObject({ status: 'ahead', ahead_by: 1, behind_by: 0 });
    expect(await compare('right', right)).toMatchObject({ status: 'behind', ahead_by: 0, behind_by: 1, files: [] });
    expect(await compare(left, left)).toMatchObject({ status: 'identical', files: [] });
  });

  test('is that of git where branches were merged both ways', async () => {
    const x = await branchOff('x', { files: { 'x.txt': '1\n' } });
    const y = await branchOff('y', { files: { 'y.txt': '1\n' } });
    const now = Date.now();
    await repo.git.merge('refs/heads/x', x, y, 'y into x', now);
    await repo.git.merge('refs/heads/y', y, x, 'x into y', now);
    const crossed = await compare('x', 'y');
    expect(crossed.merge_base_commit.sha).toBe(await git('merge-base', 'x', 'y'));
    expect(crossed.ahead_by).toBe(Number(await git('rev-list', '--count', 'x..y')));
    expect(crossed.behind_by).toBe(Number(await git('rev-list', '--count', 'y..x')));
  });

  test('is looked for in vain', async () => {
    await fake.commit(repo, 'orphan', { files: { 'o.txt': '1\n' }, parent: null });
    expect((await client.get('/repos/acme/ml/compare/main...orphan')).status).toBe(404);
    expect((await client.get(`/repos/acme/ml/compare/main...${'a'.repeat(40)}`)).status).toBe(404);
  });
});

test('contents, blobs, trees, commits and refs are what git holds', async () => {
  const head = await branchOff('content', {
    files: { 'dir/data.bin': bytes(0, 255, 10), 'dir/big.txt': 'x'.repeat(1024 * 1024 + 1) },
  });
  const raw = { accept: 'application/vnd.github.raw+json' };
  const path = `/repos/acme/ml/contents/dir%2Fdata.bin?ref=${head}`;
  const file = await client.get(path);
  expect(file.body).toMatchObject({ type: 'file', encoding: 'base64', content: 'AP8K', size: 3 });
  const blob = await client.get(`/repos/acme/ml/git/blobs/${file.body.sha}`);
  expect(blob.body).toMatchObject({ encoding: 'base64', content: 'AP8K', size: 3 });
  const response = await fetch(`${fake.url}${path}`, { headers: { authorization: `token ${client.token}`, ...raw } });
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes(0, 255, 10));
  const big = `/repos/acme/ml/contents/dir/big.txt?ref=${head}`;
  expect((await client.get(big)).status).toBe(403);
  expect((await client.get(big, raw)).body).toHaveLength(1024 * 1024 + 1);
  expect((await client.get('/repos/acme/ml/contents/nothing.txt')).status).toBe(404);

  const tree = await client.get(`/repos/acme/ml/git/trees/${head}?recursive=1`);
  expect(tree.body.tree.map((one: { path: string }) => one.path)).toEqual(
    (await git('ls-tree', '-rt', '--name-only', head)).split('\n'),
  );
  const commit = await client.get('/repos/acme/ml/commits/content');
  expect(commit.body).toMatchObject({ sha: head, parents: [{ sha: repo.git.refs.get('refs/heads/main') }] });
  expect((await client.get('/repos/acme/ml/git/ref/heads/content')).body.object.sha).toBe(head);
  expect((await client.get('/repos/acme/ml/git/ref/heads%2Fmissing')).status).toBe(404);
});

test('a file of 30 MB does not hold things up', async () => {
  const line = `${'0123456789abcdef'.repeat(8)}\n`;
  const started = performance.now();
  const head = await branchOff('huge', {
    files: { 'huge.txt': line.repeat(Math.ceil((30 * 1024 * 1024) / line.length)) },
  });
  const { files } = await compare('main', head);
  expect(files).toHaveLength(1);
  expect(files[0]).not.toHaveProperty('patch');
  expect(performance.now() - started).toBeLessThan(15_000);
});
