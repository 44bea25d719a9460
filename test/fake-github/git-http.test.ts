import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, connect } from '#test/fake-github/client.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import { GIT_ENVIRONMENT } from '#test/support/fake-github/git-environment.ts';
import type { Repository } from '#test/support/fake-github/state.ts';

const execute = promisify(execFile);
let fake: FakeGitHub;
let repo: Repository;
let client: Client;
let clone: string;

beforeAll(async () => {
  fake = await startFakeGitHub();
  repo = await fake.createRepository({ owner: 'acme', name: 'ml' });
  await fake.commit(repo, 'main', { files: { 'a.py': 'a\n', 'b.py': 'b\n' } });
  client = await connect(fake, repo.installation!);
  clone = await mkdtemp(join(tmpdir(), 'clone-'));
  await git('init', '--quiet', '--bare');
});
afterAll(async () => {
  await rm(clone, { recursive: true, force: true });
  await fake.close();
});

const basic = (token: string) => `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;

async function git(...args: string[]): Promise<string> {
  const header = `http.extraHeader=${basic(client?.token ?? '')}`;
  const { stdout } = await execute('git', ['-C', clone, '-c', header, ...args], { env: GIT_ENVIRONMENT });
  return stdout.trim();
}

test('single commits without blobs, then only the blobs that are asked for', async () => {
  const { pull } = await fake.openPull({ repo, files: { 'a.py': 'changed\n' } });
  const since = fake.requests.length;
  await git('remote', 'add', 'origin', `${fake.url}/acme/ml.git`);
  await git('config', 'remote.origin.promisor', 'true');
  const { base, head } = pull;
  await git('fetch', '--quiet', '--depth=1', '--filter=blob:none', 'origin', base.sha, head.sha);
  expect(await git('diff-tree', '-r', '--name-status', base.sha, head.sha)).toBe('M\ta.py');
  const oid = await git('rev-parse', `${head.sha}:a.py`);
  await git(
    '-c',
    'fetch.negotiationAlgorithm=noop',
    'fetch',
    '--quiet',
    '--no-tags',
    '--filter=blob:none',
    'origin',
    oid,
  );
  expect(await git('cat-file', 'blob', oid)).toBe('changed');
  expect(fake.requests.slice(since).every((entry) => entry.kind === 'git' && entry.status === 200)).toBe(true);
  expect(fake.requests.at(-1)?.installation).toBe(repo.installation?.id);
  expect(fake.apiRequestCount({ since })).toBe(0);
});

test("a fork's head stands in the base repository", async () => {
  const fork = await fake.fork(repo, 'mallory');
  const { pull, payload } = await fake.openPull({ repo, headRepo: fork, files: { 'evil.py': '1\n' } });
  expect(payload.pull_request?.head.repo.full_name).toBe('mallory/ml');
  await git('fetch', '--quiet', '--depth=1', `${fake.url}/acme/ml.git`, `refs/pull/${pull.number}/head`);
  expect(await git('rev-parse', 'FETCH_HEAD')).toBe(pull.head.sha);
  expect(await git('show', `${pull.head.sha}:evil.py`)).toBe('1');
});

test('nothing without a live token, and nothing of others', async () => {
  const ask = (path: string, authorization?: string) =>
    fetch(`${fake.url}${path}/info/refs?service=git-upload-pack`, authorization ? { headers: { authorization } } : {});
  const header = basic(client.token).replace('Authorization: ', '');
  const refused = await ask('/acme/ml.git');
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('Basic');
  expect((await ask('/acme/ml.git', header)).status).toBe(200);
  expect((await ask('/mallory/ml.git', header)).status).toBe(401);
  const narrow = await connect(fake, repo.installation!, { permissions: { checks: 'write' } });
  expect((await ask('/acme/ml.git', basic(narrow.token).replace('Authorization: ', ''))).status).toBe(401);
  await expect(git('push', '--quiet', `${fake.url}/acme/ml.git`, 'FETCH_HEAD:refs/heads/mine')).rejects.toThrow('403');
  fake.expireTokens();
  expect((await ask('/acme/ml.git', header)).status).toBe(401);
});
