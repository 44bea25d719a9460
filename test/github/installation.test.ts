import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGitHub } from '#github/github.ts';
import { openRoads, type Roads } from '#test/changes/roads.ts';
import { NEW_RUN } from './setup.ts';

let roads: Roads;
beforeAll(async () => {
  roads = await openRoads();
});
afterAll(() => roads.close());

const annotation = { path: 'a.py', startLine: 1, endLine: 1, level: 'failure', title: 'T', message: 'M' } as const;

describe('a check run', () => {
  test('is created, annotated in parts and concluded', async () => {
    const { fake, installation, repo } = roads;
    const { head } = await roads.change({ 'a.py': 'x\n' }, { 'a.py': 'y\n' });
    const run = await installation.createCheckRun({ ...NEW_RUN, repo, head, externalId: 'job-1' });
    expect(run).toMatchObject({
      name: 'Assay',
      head,
      externalId: 'job-1',
      status: 'in_progress',
      conclusion: null,
      annotations: 0,
    });

    const part = { title: 'Reviewing', summary: '…' };
    await installation.updateCheckRun(repo, run.id, {
      ...part,
      annotations: Array.from({ length: 50 }, () => annotation),
    });
    const several = { ...annotation, endLine: 3, startColumn: 1, endColumn: 4 };
    const done = await installation.updateCheckRun(repo, run.id, {
      ...{ status: 'completed', conclusion: 'failure', completedAt: '2026-01-02T03:05:05Z' },
      ...{ title: '51 findings', summary: 'see', text: 'more', annotations: [several] },
    });
    expect(done).toMatchObject({ status: 'completed', conclusion: 'failure', annotations: 51 });
    expect(await installation.getCheckRun(repo, run.id)).toEqual(done);
    expect(fake.checkRuns(head)).toMatchObject([
      { output: { title: '51 findings', text: 'more' }, conclusion: 'failure' },
    ]);
    expect(fake.violations).toEqual([]);
  });

  test('whose creation was not answered is found again', async () => {
    const { fake, installation, repo } = roads;
    const { head } = await roads.change({ 'a.py': '1\n' }, { 'a.py': '2\n' });
    const wanted = { ...NEW_RUN, repo, head, externalId: 'job-2' };
    expect(await installation.findCheckRun(wanted)).toBeNull();
    fake.failNext({ method: 'POST', path: /check-runs$/, status: 502, afterApplying: true });
    await expect(installation.createCheckRun(wanted)).rejects.toMatchObject({ code: 'github-unavailable' });
    const found = await installation.findCheckRun(wanted);
    expect(found).toMatchObject({ externalId: 'job-2', status: 'in_progress' });
    expect(await installation.findCheckRun({ ...wanted, externalId: 'job-3' })).toBeNull();
    expect(fake.checkRuns(head)).toHaveLength(1);
    expect(fake.violations).toEqual([]);
  });
});

describe('the policy', () => {
  const policy = async (owner: string, files: Record<string, string | Uint8Array | { symlink: string }>) => {
    const made = await roads.fake.createRepository({ owner, name: 'models' });
    const base = await roads.fake.commit(made, 'main', { files: { 'a.py': 'x\n', ...files } });
    const repo = { id: made.id, owner, name: 'models' };
    return { made, base, repo, installation: roads.github.forInstallation(made.installation?.id ?? 0) };
  };

  test('comes from the base commit and from the organisation in one request, with the state of the pull request', async () => {
    const { fake } = roads;
    const { made, base, repo, installation } = await policy('one', { '.github/assay.yml': 'fail-on: low\n' });
    const floor = await fake.createRepository({ owner: 'one', name: '.github' });
    const commit = await fake.commit(floor, 'main', { files: { '.github/assay.yml': 'fail-on: high # é\n' } });
    const { pull } = await fake.openPull({
      repo: made,
      files: { '.github/assay.yml': 'fail-on: none\n' },
      draft: true,
      ...{ title: 'Train', body: 'Why' },
    });
    await installation.token();
    const since = fake.requests.length;
    const files = await installation.readPolicyFiles(repo, base, pull.number);
    expect(files).toEqual({
      repository: { text: 'fail-on: low\n', oid: expect.any(String), problem: null },
      organization: { text: 'fail-on: high # é\n', oid: expect.any(String), problem: null, commit },
      team: new Map(),
      pull: {
        ...{ head: pull.head.sha, base, baseRef: 'main', draft: true, state: 'open' },
        ...{ title: 'Train', body: 'Why', fork: false },
      },
    });
    expect(fake.apiRequestCount({ since })).toBe(1);
    expect(fake.violations).toEqual([]);
  });

  test('may not be there, and the organisation may show no such repository', async () => {
    const { base, repo, installation } = await policy('two', {});
    expect(await installation.readPolicyFiles(repo, base, null)).toEqual({
      repository: null,
      organization: null,
      team: new Map(),
      pull: null,
    });
    const floor = await roads.fake.createRepository({ owner: 'two', name: '.github' });
    expect((await installation.readPolicyFiles(repo, base, null)).organization).toBeNull();
    await roads.fake.commit(floor, 'main', { files: { 'README.md': 'x\n' } });
    expect((await installation.readPolicyFiles(repo, base, null)).organization).toBeNull();
  });

  test.each([
    ['binary', Buffer.from([1, 0, 2]), 'it is not text'],
    ['not UTF-8', Buffer.from('# Andr\xe9\n', 'latin1'), 'it is not UTF-8'],
    ['too large', '#'.repeat(512_001), 'it is too large to be a policy'],
  ])('that is %s is a problem, and not an absence', async (name, content, problem) => {
    const { base, repo, installation } = await policy(`bad-${name.replaceAll(' ', '-')}`, {
      '.github/assay.yml': content,
    });
    expect((await installation.readPolicyFiles(repo, base, null)).repository).toMatchObject({ text: null, problem });
  });

  test('that is a folder is a problem', async () => {
    const { base, repo, installation } = await policy('folder', { '.github/assay.yml/x': 'y\n' });
    expect((await installation.readPolicyFiles(repo, base, null)).repository).toMatchObject({
      text: null,
      problem: 'it is not a file',
    });
  });

  test('is not taken to be absent when GitHub fails or the commit is missing', async () => {
    const { base, repo, installation } = await policy('three', { '.github/assay.yml': 'x\n' });
    roads.fake.failNext({ path: /graphql/, status: 502, times: 2 });
    await expect(installation.readPolicyFiles(repo, base, null)).rejects.toMatchObject({ code: 'github-unavailable' });
    await expect(installation.readPolicyFiles(repo, 'ab'.repeat(20), null)).rejects.toMatchObject({
      code: 'github-not-found',
    });
    await expect(installation.readPolicyFiles(repo, base, 99)).rejects.toMatchObject({ code: 'github-not-found' });
    const gone = { ...repo, name: 'gone' };
    await expect(installation.readPolicyFiles(gone, base, null)).rejects.toMatchObject({ code: 'github-not-found' });
  });
});

test('pull requests are read by number and by commit', async () => {
  const { fake, installation, repo, made } = roads;
  await fake.commit(made, 'main', { files: { 'main.py': 'x\n' } });
  const { pull } = await fake.openPull({ repo: made, files: { 'b.py': 'y\n' } });
  const wanted = {
    ...{ number: pull.number, state: 'open', draft: false, head: pull.head.sha, base: pull.base.sha },
    ...{ baseRef: 'main', baseRepositoryId: repo.id },
  };
  expect(await installation.getPull(repo, pull.number)).toEqual(wanted);
  expect(await installation.pullsForCommit(repo, pull.head.sha)).toEqual([wanted]);
  await expect(installation.getPull(repo, 99)).rejects.toMatchObject({ code: 'github-not-found' });
  expect(fake.violations).toEqual([]);
});

test('an installation is the same whenever it is asked for, and the longest unused is forgotten', () => {
  const { appId, privateKey } = roads.fake;
  const github = createGitHub({ appId, privateKey });
  const [first, second] = [github.forInstallation(1), github.forInstallation(2)];
  for (let id = 3; id <= 500; id += 1) github.forInstallation(id);
  expect(github.forInstallation(1)).toBe(first);
  github.forInstallation(501);
  expect(github.forInstallation(1)).toBe(first);
  expect(github.forInstallation(2)).not.toBe(second);
});

test('GitHub Enterprise Server is asked where it answers', async () => {
  const { fake, made, repo } = roads;
  const { base, head } = await roads.change({ 'a.py': 'x\n' }, { 'a.py': 'y\n' });
  const { appId, privateKey, url } = fake;
  const server = createGitHub({ appId, privateKey, baseUrl: `${url}/api/v3` }).forInstallation(
    made.installation?.id ?? 0,
  );
  expect(await server.compare(repo, base, head)).toMatchObject({ mergeBase: base, truncated: false });
  expect((await server.readPolicyFiles(repo, base, null)).repository).toBeNull();
});

test('an answer that does not come is not waited for', async () => {
  const { fake, made, repo } = roads;
  const { appId, privateKey, url } = fake;
  const github = createGitHub({ appId, privateKey, baseUrl: url, timeoutMs: 300 });
  const installation = github.forInstallation(made.installation?.id ?? 0);
  await installation.token();
  const { promise: hold, resolve } = Promise.withResolvers<void>();
  fake.failNext({ path: /pulls/, hold, times: 2 });
  await expect(installation.getPull(repo, 1)).rejects.toMatchObject({
    code: 'github-unavailable',
    retry: { afterMs: null },
  });
  resolve();
});
