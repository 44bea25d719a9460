import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhooks } from '@octokit/webhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '#test/fake-github/client.ts';
import { type FakeGitHub, startFakeGitHub } from '#test/support/fake-github/fake-github.ts';
import type { Pull, Repository } from '#test/support/fake-github/state.ts';

let fake: FakeGitHub;
let repo: Repository;
let count = 0;
let app: Server;
let received: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  fake = await startFakeGitHub({ checkAnswers: true });
  app = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(202).end('taken');
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
});
beforeEach(async () => {
  received = [];
  fake.webhookUrl = null;
  repo = await fake.createRepository({ owner: 'acme', name: `ml-${++count}` });
  await fake.commit(repo, 'main', { files: { 'a.py': '1\n', 'b.py': '2\n' } });
});
afterAll(async () => {
  app.close();
  await fake.close();
  expect(fake.violations).toEqual([]);
});

const target = () => `http://127.0.0.1:${(app.address() as AddressInfo).port}/hook`;
const open = async (more: object = {}) => (await fake.openPull({ repo, files: { 'a.py': 'changed\n' }, ...more })).pull;

describe('a delivery', () => {
  test('is signed as GitHub signs it, and can be sent again', async () => {
    const { event, payload } = await fake.openPull({ repo, files: { 'c.py': '1\n' } });
    const first = await fake.deliver(target(), event, payload);
    await fake.deliver(target(), event, payload, { deliveryId: first.deliveryId });
    expect(first).toMatchObject({ status: 202, body: 'taken' });
    const [one, two] = received;
    expect(one?.headers).toMatchObject({ 'x-github-event': 'pull_request', 'content-type': 'application/json' });
    expect(two?.headers['x-github-delivery']).toBe(one?.headers['x-github-delivery']);
    const webhooks = new Webhooks({ secret: fake.webhookSecret });
    expect(await webhooks.verify(one!.body, String(one?.headers['x-hub-signature-256']))).toBe(true);
    expect(JSON.parse(one!.body)).toEqual(payload);
  });

  test('can be any bytes under any secret', async () => {
    // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries: GitHub's own test values.
    const secret = "It's a Secret to Everybody";
    await fake.deliver(target(), 'push', null, { rawBody: 'Hello, World!', secret, contentType: 'text/plain' });
    expect(received[0]?.body).toBe('Hello, World!');
    expect(received[0]?.headers['content-type']).toBe('text/plain');
    expect(received[0]?.headers['x-hub-signature-256']).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });

  test('happens by itself when an address is set, for repositories with the App', async () => {
    fake.webhookUrl = target();
    expect((await fake.openPull({ repo, files: { 'c.py': '1\n' } })).delivery).toMatchObject({ status: 202 });
    const other = await fake.createRepository({ owner: 'acme', name: `other-${count}`, installation: null });
    await fake.commit(other, 'main', { files: { 'a.py': '1\n' } });
    expect((await fake.openPull({ repo: other, files: { 'c.py': '1\n' } })).delivery).toBeNull();
    expect(received).toHaveLength(1);
  });
});

test('an App that is not there does not keep people from what they do', async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  fake.webhookUrl = `http://127.0.0.1:${(gone.address() as AddressInfo).port}/hook`;
  await new Promise((resolve) => gone.close(resolve));
  const { delivery, pull } = await fake.openPull({ repo, files: { 'c.py': '1\n' } });
  expect(delivery).toMatchObject({ status: 0, body: expect.stringContaining('ECONNREFUSED') });
  expect(fake.state.pulls).toContain(pull);
});

describe('what happens to a pull request', () => {
  test('opened', async () => {
    const { payload, pull } = await fake.openPull({ repo, files: { 'a.py': null, 'new.py': '3\n' }, draft: true });
    const { refs } = repo.git;
    expect(payload).toMatchObject({
      action: 'opened',
      number: 1,
      pull_request: {
        number: 1,
        draft: true,
        state: 'open',
        changed_files: 2,
        head: {
          sha: refs.get('refs/heads/change-1'),
          ref: 'change-1',
          repo: { id: repo.id, full_name: repo.fullName },
        },
        base: { sha: refs.get('refs/heads/main'), ref: 'main', repo: { id: repo.id } },
      },
      repository: {
        id: repo.id,
        name: repo.name,
        default_branch: 'main',
        private: true,
        owner: { login: 'acme', type: 'Organization' },
      },
      installation: { id: repo.installation?.id },
    });
    expect(refs.get('refs/pull/1/head')).toBe(pull.head.sha);
    const client = await connect(fake, repo.installation!);
    const shown = await client.get(`/repos/${repo.fullName}/pulls/1`);
    expect(shown.body).toEqual(payload.pull_request);
    const found = await client.get(`/repos/${repo.fullName}/commits/${pull.head.sha}/pulls`);
    expect(found.body.map((one: { number: number }) => one.number)).toEqual([1]);
    expect((await client.get(`/repos/${repo.fullName}/pulls`)).body).toHaveLength(1);
  });

  test('pushed to, and forced', async () => {
    const pull = await open();
    const before = pull.head.sha;
    const pushed = await fake.push(pull, { 'b.py': 'changed\n' });
    expect(pushed.payload).toMatchObject({ action: 'synchronize', before, after: pull.head.sha });
    expect(pushed.payload.pull_request).toMatchObject({ changed_files: 2, head: { sha: pull.head.sha } });
    const forced = await fake.forcePush(pull, { 'c.py': 'only\n' });
    expect(forced.payload).toMatchObject({ action: 'synchronize', before: pushed.payload.after, after: pull.head.sha });
    expect((await repo.git.objects.commit(pull.head.sha))?.parents).toEqual([pull.base.sha]);
    expect(pull.changedFiles).toBe(1);
  });

  test('retargeted, renamed', async () => {
    const pull = await open();
    const from = pull.base.sha;
    const release = await fake.commit(repo, 'release', { files: { 'r.py': '1\n' } });
    const { payload } = await fake.retarget(pull, 'release');
    expect(payload).toMatchObject({
      action: 'edited',
      changes: { base: { ref: { from: 'main' }, sha: { from } } },
      pull_request: { base: { ref: 'release', sha: release } },
    });
    const renamed = await fake.editTitle(pull, 'Another title');
    expect(renamed.payload).toMatchObject({ action: 'edited', changes: { title: { from: 'Change 1' } } });
    expect(renamed.payload.changes).not.toHaveProperty('base');
  });

  test('closed, reopened, drafted and readied', async () => {
    const pull = await open();
    const acts: [(pull: Pull) => Promise<{ payload: object }>, string, object][] = [
      [fake.convertToDraft, 'converted_to_draft', { draft: true }],
      [fake.readyForReview, 'ready_for_review', { draft: false }],
      [fake.closePull, 'closed', { state: 'closed', merged: false }],
      [fake.reopen, 'reopened', { state: 'open' }],
    ];
    for (const [act, action, pull_request] of acts) {
      expect((await act(pull)).payload).toMatchObject({ action, pull_request });
    }
  });

  test('from a fork', async () => {
    const fork = await fake.fork(repo, 'mallory');
    const { payload, pull } = await fake.openPull({ repo, headRepo: fork, files: { 'a.py': 'theirs\n' } });
    expect(payload.pull_request?.head).toMatchObject({
      label: 'mallory:change-1',
      repo: { full_name: fork.fullName, fork: true },
    });
    expect(payload).toMatchObject({ repository: { id: repo.id }, installation: { id: repo.installation?.id } });
    const client = await connect(fake, repo.installation!);
    const made = await client.post(`/repos/${repo.fullName}/check-runs`, { name: 'Assay', head_sha: pull.head.sha });
    expect(made).toMatchObject({ status: 201, body: { pull_requests: [] } });
    expect((await client.get(`/repos/${fork.fullName}`)).status).toBe(404);
    const pushed = await fake.push(pull, { 'a.py': 'theirs again\n' });
    expect(repo.git.refs.get('refs/pull/1/head')).toBe(pushed.payload.after);
  });
});

test('a check that is asked for again', async () => {
  const pull = await open();
  const client = await connect(fake, repo.installation!);
  const run = { name: 'Assay', head_sha: pull.head.sha, external_id: 'key' };
  await client.post(`/repos/${repo.fullName}/check-runs`, run);
  const one = await fake.rerequestCheckRun(fake.checkRuns(pull.head.sha)[0]!);
  const pull_requests = [{ number: 1, head: { sha: pull.head.sha }, base: { sha: pull.base.sha } }];
  expect(one).toMatchObject({
    event: 'check_run',
    payload: {
      action: 'rerequested',
      check_run: { ...run, app: { id: fake.appId }, pull_requests, check_suite: { head_branch: 'change-1' } },
    },
  });
  const suite = await fake.rerequestSuite(repo, pull.head.sha);
  expect(suite).toMatchObject({
    event: 'check_suite',
    payload: {
      action: 'rerequested',
      check_suite: { head_sha: pull.head.sha, app: { id: fake.appId }, pull_requests },
    },
  });
  expect(suite.payload.check_suite?.id).toBe(one.payload.check_run?.check_suite.id);
});

test('a merge group holds all that its pull requests change', async () => {
  const base = repo.git.refs.get('refs/heads/main')!;
  const first = await open();
  const second = await open({ files: { 'c.py': 'new\n', 'b.py': null } });
  const { event, payload } = await fake.mergeGroup(repo, [first, second]);
  const head_ref = `refs/heads/gh-readonly-queue/main/pr-2-${base}`;
  const head_sha = repo.git.refs.get(head_ref)!;
  expect(event).toBe('merge_group');
  expect(payload).toMatchObject({
    action: 'checks_requested',
    merge_group: { head_sha, head_ref, base_sha: base, base_ref: 'refs/heads/main' },
  });
  expect(payload).not.toHaveProperty('pull_request');
  const files = await repo.git.diffs.diff(base, head_sha);
  expect(files.map((file) => `${file.status} ${file.path}`)).toEqual(['modified a.py', 'removed b.py', 'added c.py']);
});

test('the same acts make the same commits', async () => {
  const now = () => Date.UTC(2026, 0, 1);
  const heads = [];
  for (let round = 0; round < 2; round++) {
    const one = await startFakeGitHub({ now });
    const same = await one.createRepository({ owner: 'acme', name: 'ml' });
    heads.push(await one.commit(same, 'main', { files: { 'a.py': '1\n' } }));
    await one.close();
  }
  expect(heads[0]).toBe(heads[1]);
});
