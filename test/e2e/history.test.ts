import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pull, Repository } from '#test/support/fake-github/state.ts';
import { CLEAN } from '#test/support/ml-files.ts';
import { type RunningApp, runApp } from '#test/support/run-app.ts';
import { sampleToken } from '#test/support/samples.ts';

const token = sampleToken('huggingface');
const LEAK = `TOKEN = "${token}"\n`;

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(async () => {
  expect(app.fake.violations).toEqual([]);
  await app.stop();
});

/** A pull request of several commits, as if they had been pushed at once. */
async function pullOf(commits: readonly Record<string, string | null>[], base: Record<string, string> = {}) {
  const repo = await app.createRepository({ files: { 'load.py': CLEAN, ...base } });
  for (const files of commits) await app.fake.commit(repo, 'topic', { files, parent: tip(repo) });
  const { pull } = await app.fake.openPull({ repo, head: 'topic' });
  return { repo, pull, run: await app.concluded(pull.head.sha) };
}

function tip(repo: Repository): string {
  return repo.git.refs.get('refs/heads/topic') ?? repo.git.refs.get('refs/heads/main')!;
}

const fingerprintIn = (summary: string | null) => /secret: "([0-9a-f]{32})"/.exec(summary ?? '')?.[1] ?? '';

describe('a secret that was committed and removed again', () => {
  it('blocks, is told with its commit and what to do, and marks no line', async () => {
    const { repo, pull, run } = await pullOf([{ 'train.py': LEAK }, { 'train.py': 'pass\n' }]);
    const [first] = (await repo.git.objects.commit(pull.head.sha))!.parents;
    expect(run).toMatchObject({ conclusion: 'failure', annotations: [] });
    expect(run.output.title).toBe('1 secret in earlier commits blocks this merge');
    const { summary } = run.output;
    expect(summary).toContain('### In earlier commits of this change');
    expect(summary).toContain(`/blob/${first}/train.py#L1`);
    expect(summary).toMatch(/Revoke it at \[huggingface\\?\.co\]|https:\/\/huggingface\.co\/settings\/tokens/);
    expect(summary).toContain('a force-push does not unpublish a commit');
    expect(summary).toContain('waivers:\n  - secret: "');
    expect(summary).not.toContain(token.slice(8));
  });

  it('is resolved by a waiver on the target branch', async () => {
    const { repo, pull, run } = await pullOf([{ 'train.py': LEAK }, { 'train.py': 'pass\n' }]);
    const waiver = `waivers:\n  - secret: "${fingerprintIn(run.output.summary)}"\n    rotated: 2026-01-02\n    reason: revoked by Ada\n`;
    await app.fake.commit(repo, 'main', { files: { '.github/assay.yml': waiver } });
    await app.fake.retarget(pull, 'main');
    const after = await app.concluded(pull.head.sha, 2);
    expect(after).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(after.output.summary).toContain('### Rotated, as the policy attests');
    expect(after.output.summary?.replaceAll('\\', '')).toContain('rotated on 2026-01-02: revoked by Ada');
  });

  it('is told once with the head where it still stands there', async () => {
    const { run } = await pullOf([{ 'a.py': LEAK }, { 'a.py': 'pass\n', 'b.py': LEAK }]);
    expect(run.output.title).toBe('1 new finding blocks this merge');
    expect(run.annotations).toMatchObject([{ path: 'b.py', start_line: 1 }]);
    expect(run.output.summary).not.toContain('earlier commits');
  });

  it('is nothing where it stood before the change', async () => {
    const { run } = await pullOf([{ 'old.py': `# moved\n${LEAK}` }, { 'old.py': LEAK, 'x.py': 'pass\n' }], {
      'old.py': LEAK,
    });
    expect(run).toMatchObject({ conclusion: 'success' });
  });

  it('that git does not bring any more leaves the review incomplete', async () => {
    app.fake.failNext({ path: /git-upload-pack/, status: 404 });
    const { run } = await pullOf([{ 'train.py': LEAK }, { 'train.py': 'pass\n' }]);
    expect(run.conclusion).toBe('neutral');
    expect(run.output.summary).toContain('Earlier commits, not read in full');
  });
});

describe('the requests of a review', () => {
  it('are no more for one commit, and two fetches for many', async () => {
    const cost = async (commits: Record<string, string | null>[]) => {
      const since = app.fake.requests.length;
      await pullOf(commits);
      const asked = app.fake.requests.slice(since);
      const git = asked.filter(({ kind }) => kind === 'git').length;
      return { git, api: asked.length - git };
    };
    const one = await cost([{ 'train.py': 'one\n' }]);
    const three = await cost([{ 'train.py': 'one\n' }, { 'train.py': 'two\n' }, { 'train.py': 'three\n' }]);
    expect(one.git).toBe(0);
    expect(three).toEqual({ git: 4, api: one.api });
  });
});

describe('what a pull request says', () => {
  async function opened(texts: { title?: string; body?: string }, message = 'Train'): Promise<{ pull: Pull }> {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    await app.fake.commit(repo, 'topic', { files: { 'x.py': 'pass\n' }, message, parent: tip(repo) });
    return app.fake.openPull({ repo, head: 'topic', ...texts });
  }

  it.each([
    ['title', { title: `Use ${token}` }, 'the title of the pull request', 'edit history'],
    ['description', { body: `Run with\n\n    ${token}` }, 'the description of the pull request', 'edit history'],
    ['message', {}, 'the message of commit', 'waivers:'],
  ])('has its %s read', async (what, texts, place, advice) => {
    const { pull } = await opened(texts, what === 'message' ? `Train\n\n${token}` : 'Train');
    const run = await app.concluded(pull.head.sha);
    expect(run).toMatchObject({ conclusion: 'failure', annotations: [] });
    expect(run.output.summary).toContain(place);
    expect(run.output.summary).toContain(advice);
    expect(JSON.stringify(run.output)).not.toContain(token.slice(8));
  });

  it('is read again when it is edited, and not when an edit leaves it', async () => {
    const { pull } = await opened({});
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'success' });
    await app.fake.editDescription(pull, `Run with ${token}`);
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'failure' });
    await app.fake.editDescription(pull, `Run with ${token}`);
    await app.fake.editDescription(pull, 'Run it');
    expect(await app.concluded(pull.head.sha, 3)).toMatchObject({ conclusion: 'success' });
    expect(app.fake.checkRuns(pull.head.sha)).toHaveLength(3);
  });
});
