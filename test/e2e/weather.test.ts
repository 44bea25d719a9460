import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLEAN, RISKY } from '#test/support/ml-files.ts';
import { type RunningApp, runApp } from '#test/support/run-app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterEach(() => app.fake.clearFaults());
afterAll(async () => {
  expect(app.fake.violations).toEqual([]);
  await app.stop();
});

const manyFindings = `import torch\n${'x = torch.load(p)\n'.repeat(120)}`;

async function reviewUnder(
  faults: (owner: string) => Parameters<RunningApp['fake']['failNext']>[0][],
  files = { 'load.py': RISKY } as Record<string, string>,
) {
  const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
  const owner = repo.owner.login;
  // A fault of one repository's API must not meet the last retry of another one's review.
  for (const fault of faults(owner)) {
    const path = fault.path?.source.startsWith('^')
      ? fault.path
      : new RegExp(`^/repos/${owner}/.*${fault.path?.source ?? ''}`);
    app.fake.failNext({ ...fault, path });
  }
  const { pull } = await app.fake.openPull({ repo, files });
  const run = await app.concluded(pull.head.sha);
  expect(app.fake.checkRuns(pull.head.sha)).toHaveLength(1);
  return run;
}

const once = [{ 'load.py': RISKY }, 1] as const;

describe('GitHub answers 502', () => {
  const places = [
    ['to the comparison', 'GET', /\/compare\//],
    ['to the contents', 'POST', /^\/graphql$/],
    ['to the creation of the check run', 'POST', /\/check-runs$/],
    ['to the conclusion', 'PATCH', /\/check-runs\/\d+$/],
  ] as const;

  it.each(places)('%s: the review is made all the same', async (_, method, path) => {
    const run = await reviewUnder(() => [{ method, path, status: 502, times: 3 }]);
    expect(run.conclusion).toBe('failure');
    expect(run.annotations).toHaveLength(once[1]);
  });

  it('after it made the check run: there is one, and not two', async () => {
    const run = await reviewUnder(() => [{ method: 'POST', path: /\/check-runs$/, status: 502, afterApplying: true }]);
    expect(run.conclusion).toBe('failure');
  });

  it('after it took the annotations: none is lost, and none is doubled', async () => {
    const run = await reviewUnder(
      () => [
        { method: 'PATCH', path: /\/check-runs\/\d+$/, status: 502, afterApplying: true },
        { method: 'PATCH', path: /\/check-runs\/\d+$/, status: 502, afterApplying: true, after: 1 },
      ],
      { 'load.py': manyFindings },
    );
    expect(run.conclusion).toBe('failure');
    expect(new Set(run.annotations.map(({ start_line }) => start_line)).size).toBe(120);
    expect(run.annotations).toHaveLength(120);
  });
});

describe('GitHub asks for patience', () => {
  it('with 403 and Retry-After: the review waits as long as it was told to', async () => {
    const started = Date.now();
    const run = await reviewUnder(() => [
      {
        path: /\/compare\//,
        status: 403,
        headers: { 'retry-after': '1' },
        body: { message: 'You have exceeded a secondary rate limit' },
      },
    ]);
    expect(run.conclusion).toBe('failure');
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
  });

  it('with 429 at the conclusion: nothing is said twice', async () => {
    const run = await reviewUnder(() => [
      { method: 'PATCH', path: /\/check-runs\/\d+$/, status: 429, headers: { 'retry-after': '1' } },
    ]);
    expect(run.annotations).toHaveLength(1);
  });
});

describe('a connection', () => {
  it('that breaks in the middle of a request is tried again', async () => {
    const run = await reviewUnder(() => [{ path: /\/compare\//, destroySocket: true, times: 2 }]);
    expect(run.annotations).toHaveLength(1);
  });

  it('that breaks while git fetches is tried again', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}.py`, `x = ${index}\n`]));
    const run = await reviewUnder((owner) => [{ path: new RegExp(`^/${owner}/models\\.git/`), destroySocket: true }], {
      ...files,
      'load.py': RISKY,
    });
    expect(run.annotations).toHaveLength(1);
  });
});

describe('a token', () => {
  it('that has expired is replaced', async () => {
    await reviewUnder(() => []);
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    const first = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    await app.concluded(first.pull.head.sha);
    app.fake.expireTokens();
    const second = await app.fake.openPull({ repo, files: { 'other.py': RISKY } });
    expect(await app.concluded(second.pull.head.sha)).toMatchObject({ conclusion: 'failure' });
  });
});

describe('a review that cannot be made', () => {
  it('ends with words that say what to do', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    app.fake.failNext({ path: new RegExp(`^/repos/${repo.owner.login}/models/compare/`), status: 500, times: 1_000 });
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    const run = await app.concluded(pull.head.sha);
    expect(run.conclusion).toBe('neutral');
    expect(run.output.summary).toMatch(/re-run/i);
    app.fake.clearFaults();
    await app.fake.rerequestCheckRun(run);
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'failure' });
  });

  it('fails where the policy fails closed', async () => {
    const repo = await app.createRepository({ files: { '.github/assay.yml': 'incomplete: failure\n' } });
    app.fake.failNext({ path: new RegExp(`^/repos/${repo.owner.login}/models/compare/`), status: 500, times: 1_000 });
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'failure', annotations: [] });
  });

  it('runs again when it is delivered again', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    app.fake.failNext({ path: new RegExp(`^/repos/${repo.owner.login}/models/compare/`), status: 500, times: 1_000 });
    const { pull, payload } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'neutral' });
    app.fake.clearFaults();
    await app.fake.deliver(app.server.webhookUrl, 'pull_request', payload);
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'failure' });
  });
});
