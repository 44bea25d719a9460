import { marked } from 'marked';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLEAN, notebook, PICKLE, RISKY, RISKY_RULE } from '#test/support/ml-files.ts';
import { type RunningApp, runApp } from '#test/support/run-app.ts';
import { sampleToken } from '#test/support/samples.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(async () => {
  expect(app.fake.violations).toEqual([]);
  await app.stop();
});

async function review(base: Record<string, string>, head: Record<string, string | null>) {
  const repo = await app.createRepository({ files: base });
  const { pull, delivery } = await app.fake.openPull({ repo, files: head });
  expect(delivery).toMatchObject({ status: 202 });
  return app.concluded(pull.head.sha);
}

describe('a pull request', () => {
  it('gets one check run with an annotation at the line of what it newly introduces', async () => {
    const run = await review(
      { 'load.py': CLEAN, 'old.py': PICKLE },
      { 'load.py': RISKY, 'old.py': `${PICKLE}\n# touched\n` },
    );
    expect(run).toMatchObject({ name: 'Assay', status: 'completed', conclusion: 'failure' });
    expect(run.output.title).toBe('1 new finding blocks this merge');
    expect(run.annotations).toMatchObject([
      { path: 'load.py', start_line: 5, end_line: 5, annotation_level: 'failure' },
    ]);
    expect(run.annotations[0]?.title).toContain(RISKY_RULE);
    expect(run.annotations[0]?.message).toContain('weights_only=True');
  });

  it('that only mends things passes, and is told what it mended', async () => {
    const run = await review({ 'load.py': RISKY }, { 'load.py': CLEAN });
    expect(run).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(run.output.summary).toMatch(/fixed/i);
    expect(run.output.summary).toContain(RISKY_RULE);
  });

  it('never shows a secret, and says where it is', async () => {
    const token = sampleToken('huggingface');
    const run = await review({}, { 'train.py': `HF_TOKEN = "${token}"\n` });
    expect(run.conclusion).toBe('failure');
    expect(run.annotations).toMatchObject([{ path: 'train.py', start_line: 1 }]);
    expect(JSON.stringify(run.output) + JSON.stringify(run.annotations)).not.toContain(token.slice(8));
  });

  it('has its notebooks read across cells, outputs included', async () => {
    const token = sampleToken('huggingface');
    const text = notebook([
      { markdown: '# Explore\n' },
      { code: '%matplotlib inline\nfrom torch import load as l', execution: 1 },
      { code: 'print(token)', execution: 2, output: `logged in with ${token}\n` },
      { code: 'import os\nstate = l("model.pt")', execution: 7 },
    ]);
    const run = await review({}, { 'explore.ipynb': text });
    const lines = text.split('\n');
    const lineOf = (needle: string) => lines.findIndex((line) => line.includes(needle)) + 1;
    expect(run.annotations.map(({ start_line }) => start_line).sort((a, b) => a - b)).toEqual(
      [lineOf('logged in with'), lineOf('state = l(')].sort((a, b) => a - b),
    );
    const code = run.annotations.find(({ start_line }) => start_line === lineOf('state = l('));
    expect(code?.message).toMatch(/cell 4/i);
    expect(code?.message).toMatch(/line 2/);
  });

  it('is not blamed for what it moves', async () => {
    const repo = await app.createRepository({ files: { 'old/load.py': RISKY, 'keep.py': CLEAN } });
    const { pull } = await app.fake.openPull({
      repo,
      files: { 'old/load.py': null, 'new/load.py': `# moved\n${RISKY}` },
    });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'success', annotations: [] });
  });

  it('may accept a finding by name, and the summary names who is accepted', async () => {
    const accepted = RISKY.replace(
      'torch.load(path)',
      `torch.load(path)  # assay: allow[${RISKY_RULE}] reason="our own checkpoint" until=2999-01-01`,
    );
    const run = await review({ 'load.py': CLEAN }, { 'load.py': accepted });
    expect(run).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(run.output.summary).toContain('our own checkpoint');
    expect(run.output.summary).toContain(RISKY_RULE);
  });

  it('may not accept a finding without a reason, or past its day', async () => {
    const blank = RISKY.replace('torch.load(path)', `torch.load(path)  # assay: allow[${RISKY_RULE}] until=2999-01-01`);
    const expired = RISKY.replace(
      'torch.load(path)',
      `torch.load(path)  # assay: allow[${RISKY_RULE}] reason="x" until=2020-01-01`,
    );
    const run = await review({}, { 'a.py': blank, 'b.py': expired });
    expect(run.conclusion).toBe('failure');
    const titles = run.annotations.map(({ path, title }) => `${path} ${title}`).join('\n');
    for (const file of ['a.py', 'b.py']) {
      expect(titles).toMatch(new RegExp(`${file} .*${RISKY_RULE}`));
      expect(titles).toMatch(new RegExp(`${file} .*suppression`));
    }
  });

  it('with hostile names and code cannot forge a word of the review', async () => {
    const name = 'a](evil.example) ![x](evil.example) @security-team <img src=x> #1.py';
    const run = await review({}, { [name]: `${RISKY}# ![x](https://evil.example/pixel) @everyone \u202e\n` });
    expect(run.output.summary).not.toMatch(/@security-team/);
    const page = marked.parse(run.output.summary ?? '', { async: false });
    expect(page).not.toContain('<img');
    const targets = [...page.matchAll(/href="([^"]*)"/g)].map((match) => match[1]!);
    expect(
      targets.filter(
        (target) => !/^(?:https:\/\/(?:cwe\.mitre|docs\.pytorch)\.org\/|http:\/\/127\.0\.0\.1:)/.test(target),
      ),
    ).toEqual([]);
    expect(run.conclusion).toBe('failure');
  });
});

describe('the policy', () => {
  it('of the base commit decides, and not that of the head', async () => {
    const policy = 'fail-on: never\n';
    const run = await review({ 'load.py': CLEAN }, { 'load.py': RISKY, '.github/assay.yml': policy });
    expect(run.conclusion).toBe('failure');
    expect(run.output.summary).toContain('.github/assay.yml');
    const after = await review({ 'load.py': CLEAN, '.github/assay.yml': policy }, { 'load.py': RISKY });
    expect(after.conclusion).toBe('success');
    expect(after.annotations).toHaveLength(1);
  });

  it('that is broken names the key and the line, and does not pass silently', async () => {
    const broken = 'version: 1\nfail-onn: low\n';
    const run = await review({ '.github/assay.yml': broken }, { 'README.md': 'hello\n' });
    expect(run.conclusion).toBe('neutral');
    expect(run.output.summary).toContain('fail-onn');
    expect(run.output.summary).toContain('line 2');
  });

  it('of the organisation is the floor', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN, '.github/assay.yml': 'fail-on: never\n' } });
    const floor = await app.fake.createRepository({ owner: repo.owner.login, name: '.github' });
    await app.fake.commit(floor, 'main', { files: { '.github/assay.yml': 'fail-on: high\n' } });
    const { pull } = await app.fake.openPull({ repo, files: { 'load.py': RISKY } });
    const run = await app.concluded(pull.head.sha);
    expect(run.conclusion).toBe('failure');
    expect(run.output.summary).toContain('organisation');
  });

  it('may refuse suppressions that the pull request brings along', async () => {
    const accepted = RISKY.replace(
      'torch.load(path)',
      `torch.load(path)  # assay: allow[${RISKY_RULE}] reason="mine" until=2999-01-01`,
    );
    const run = await review({ '.github/assay.yml': 'suppressions: {new: refuse}\n' }, { 'load.py': accepted });
    expect(run.conclusion).toBe('failure');
    expect(run.annotations).toMatchObject([{ path: 'load.py', start_line: 5 }]);
  });

  it('may leave drafts for later', async () => {
    const repo = await app.createRepository({ files: { '.github/assay.yml': 'drafts: skip\n' } });
    const { pull } = await app.fake.openPull({ repo, draft: true, files: { 'load.py': RISKY } });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'skipped' });
    await app.fake.readyForReview(pull);
    expect(await app.concluded(pull.head.sha, 2)).toMatchObject({ conclusion: 'failure' });
  });
});
