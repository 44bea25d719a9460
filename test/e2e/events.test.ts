import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckRun } from '#test/support/fake-github/state.ts';
import { CLEAN, PICKLE, RISKY } from '#test/support/ml-files.ts';
import { type RunningApp, runApp } from '#test/support/run-app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(async () => {
  expect(app.fake.violations).toEqual([]);
  await app.stop();
});

/** Holds the review of `owner` at its comparison until `release` is called. */
function hold(owner: string): { reached: Promise<unknown>; release: () => void } {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const path = new RegExp(`^/repos/${owner}/models/compare/`);
  app.fake.failNext({ path, hold: held });
  const reached = app.fake.until(() => app.fake.requests.find((entry) => path.test(entry.path)));
  return { reached, release };
}

const until = (head: string, probe: (runs: CheckRun[]) => unknown) =>
  app.fake.until(() => probe(app.fake.checkRuns(head)));

describe('a pull request', () => {
  it('that is pushed to again while it is reviewed is reviewed at its new head, and the old check is cancelled', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const gate = hold(repo.owner.login);
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    const old = pull.head.sha;
    await gate.reached;
    await app.fake.push(pull, { 'load.py': CLEAN, 'more.py': PICKLE });
    const run = await app.concluded(pull.head.sha);
    expect(run).toMatchObject({ conclusion: 'failure', annotations: [{ path: 'more.py', start_line: 5 }] });
    gate.release();
    expect(await app.concluded(old)).toMatchObject({ conclusion: 'cancelled', annotations: [] });
    expect(app.fake.checkRuns(old)).toHaveLength(1);
    expect(app.fake.checkRuns(pull.head.sha)).toHaveLength(1);
  });

  it('that is force-pushed is reviewed as it is now', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    await app.concluded(pull.head.sha);
    await app.fake.forcePush(pull, { 'load.py': `${CLEAN}\n# nothing else\n` });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'success', annotations: [] });
  });

  it('that is retargeted is compared with its new base', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    await app.fake.commit(repo, 'develop', { files: { 'load.py': RISKY } });
    await app.fake.commit(repo, 'topic', {
      files: { 'notes.md': 'hi\n' },
      parent: repo.git.refs.get('refs/heads/develop')!,
    });
    const { pull } = await app.fake.openPull({ repo, head: 'topic', base: 'main' });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'failure' });
    await app.fake.retarget(pull, 'develop');
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'success', annotations: [] });
  });

  it('whose title is edited is reviewed again', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { pull } = await app.fake.openPull({ repo, files: { 'a.py': CLEAN } });
    await app.concluded(pull.head.sha);
    expect((await app.fake.editTitle(pull, 'Better words')).delivery).toMatchObject({ status: 202 });
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'success' });
  });

  it('whose title is as it was is left alone', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { pull } = await app.fake.openPull({ repo, files: { 'a.py': CLEAN } });
    await app.concluded(pull.head.sha);
    const before = app.fake.requests.length;
    expect((await app.fake.editTitle(pull, pull.title)).delivery).toMatchObject({ status: 202 });
    const other = await app.fake.openPull({ repo, files: { 'b.py': CLEAN } });
    await app.concluded(other.pull.head.sha);
    expect(app.fake.checkRuns(pull.head.sha)).toHaveLength(1);
    // The other one's, and one look at the policy and the texts.
    expect(app.fake.apiRequestCount({ since: before })).toBeLessThanOrEqual(7);
  });

  it('from a fork is reviewed like any other', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const fork = await app.fake.fork(repo, 'mallory');
    const { pull } = await app.fake.openPull({ repo, headRepo: fork, files: { 'load.py': RISKY } });
    expect(await app.concluded(pull.head.sha)).toMatchObject({
      conclusion: 'failure',
      annotations: [{ path: 'load.py', start_line: 5 }],
    });
    const [run] = app.fake.checkRuns(pull.head.sha);
    await app.fake.rerequestCheckRun(run!);
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'failure' });
  });

  it('that is a draft is reviewed', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { pull } = await app.fake.openPull({ repo, draft: true, files: { 'load.py': RISKY } });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'failure' });
  });

  it('that is closed while it is reviewed has its check cancelled, and is reviewed when it is opened again', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const gate = hold(repo.owner.login);
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    await gate.reached;
    await app.fake.closePull(pull);
    gate.release();
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'cancelled' });
    await app.fake.reopen(pull);
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'failure' });
  });

  it('that becomes a draft while it is reviewed has its check cancelled', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const gate = hold(repo.owner.login);
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    await gate.reached;
    await app.fake.convertToDraft(pull);
    gate.release();
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'cancelled' });
  });
});

describe('a delivery', () => {
  it('that comes twice is worked on once', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const gate = hold(repo.owner.login);
    const { pull, payload } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    await gate.reached;
    await app.fake.deliver(app.server.webhookUrl, 'pull_request', payload);
    gate.release();
    await app.concluded(pull.head.sha);
    await app.fake.deliver(app.server.webhookUrl, 'pull_request', payload, { deliveryId: 'another-id' });
    const other = await app.fake.openPull({ repo, files: { 'other.py': CLEAN } });
    await app.concluded(other.pull.head.sha);
    expect(app.fake.checkRuns(pull.head.sha)).toHaveLength(1);
  });

  it('is answered well under a second, after it is stored', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { delivery } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    expect(delivery).toMatchObject({ status: 202 });
  });

  it('with a wrong signature changes nothing', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    app.fake.webhookUrl = null;
    const { pull, payload } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    app.fake.webhookUrl = app.server.webhookUrl;
    expect(await app.fake.deliver(app.server.webhookUrl, 'pull_request', payload, { secret: 'guess' })).toMatchObject({
      status: 401,
    });
    expect(app.fake.checkRuns(pull.head.sha)).toEqual([]);
  });

  it('of an older head that arrives late changes nothing', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const opened = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    const { pull } = opened;
    await app.concluded(pull.head.sha);
    await app.fake.push(pull, { 'load.py': CLEAN });
    await app.concluded(pull.head.sha);
    const late = structuredClone(opened.payload) as { pull_request: { head: { sha: string }; updated_at: string } };
    const stale = await app.fake.commit(repo, 'stale', { files: { 'load.py': PICKLE } });
    late.pull_request.head.sha = stale;
    late.pull_request.updated_at = '2020-01-01T00:00:00Z';
    expect(await app.fake.deliver(app.server.webhookUrl, 'pull_request', late)).toMatchObject({ status: 202 });
    const other = await app.fake.openPull({ repo, files: { 'other.py': CLEAN } });
    await app.concluded(other.pull.head.sha);
    expect(app.fake.checkRuns(stale)).toEqual([]);
  });
});

describe('asked again', () => {
  it('by its own check run, it makes a new one', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    const first = await app.concluded(pull.head.sha);
    const { payload } = await app.fake.rerequestCheckRun(first);
    const second = await app.concluded(pull.head.sha, 2);
    expect(second).toMatchObject({ name: 'Assay', conclusion: 'failure' });
    expect(second.annotations).toHaveLength(1);
    await app.fake.deliver(app.server.webhookUrl, 'check_run', payload);
    await app.fake.rerequestSuite(repo, pull.head.sha);
    await app.concluded(pull.head.sha, 3);
    expect(app.fake.checkRuns(pull.head.sha)).toHaveLength(3);
  });

  it("by another App's check run, it does nothing", async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    await app.concluded(pull.head.sha);
    await app.fake.rerequestCheckRun(app.fake.addForeignCheckRun(repo, pull.head.sha, 'lint'));
    const other = await app.fake.openPull({ repo, files: { 'other.py': CLEAN } });
    await app.concluded(other.pull.head.sha);
    expect(app.fake.checkRuns(pull.head.sha)).toHaveLength(1);
  });
});

describe('a merge group', () => {
  it('is reviewed on its own head under the same name', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    await app.concluded(pull.head.sha);
    const { payload } = await app.fake.mergeGroup(repo, [pull]);
    const { head_sha } = payload.merge_group as { head_sha: string };
    const [run] = (await until(
      head_sha,
      (runs) => runs.length === 1 && runs[0]?.status === 'completed' && runs,
    )) as CheckRun[];
    expect(run).toMatchObject({
      name: 'Assay',
      conclusion: 'failure',
      annotations: [{ path: 'load.py', start_line: 5 }],
    });
  });
});
