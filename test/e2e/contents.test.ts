import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FileContent } from '#test/support/fake-github/bare-repository.ts';
import { CLEAN, notebook, PICKLE, RISKY, RISKY_RULE } from '#test/support/ml-files.ts';
import { type RunningApp, runApp } from '#test/support/run-app.ts';
import { sampleToken } from '#test/support/samples.ts';

/** What README.md promises; the last one asks which torch the repository runs with. */
const MAX_API_REQUESTS = 6 + 1;

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(async () => {
  expect(app.fake.violations).toEqual([]);
  await app.stop();
});

async function review(base: Record<string, FileContent>, head: Record<string, FileContent>) {
  const repo = await app.createRepository({ files: base });
  const since = app.fake.requests.length;
  const { pull } = await app.fake.openPull({ repo, files: head });
  const run = await app.concluded(pull.head.sha);
  return { run, requests: app.fake.apiRequestCount({ since }) };
}

function many(count: number, text: (index: number) => string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`src/module_${index}.py`, text(index)]));
}

describe('the number of requests', () => {
  it.each([1, 10, 300, 3_000])('stays the same for %i changed files', async (count) => {
    const files = many(count, (index) => (index % 500 === 0 ? RISKY : `value = ${index}\n`));
    const { run, requests } = await review({ 'README.md': 'hi\n' }, files);
    expect(run.conclusion).toBe('failure');
    expect(run.annotations).toHaveLength(Math.ceil(count / 500));
    expect(run.output.summary).toContain(`${count.toLocaleString('en-US')} of ${count.toLocaleString('en-US')}`);
    expect(requests).toBeLessThanOrEqual(MAX_API_REQUESTS);
  });
});

describe('a pull request', () => {
  it('without a change concludes', async () => {
    const repo = await app.createRepository({ files: { 'load.py': CLEAN } });
    await app.fake.commit(repo, 'empty', { message: 'Nothing' });
    const { pull } = await app.fake.openPull({ repo, head: 'empty' });
    expect(await app.concluded(pull.head.sha)).toMatchObject({ conclusion: 'success', annotations: [] });
  });

  it('with more findings than fit one request gets them all, once', async () => {
    const { run } = await review({}, { 'many.py': `import torch\n${'x = torch.load(p)\n'.repeat(120)}` });
    expect(run.annotations).toHaveLength(120);
    expect(new Set(run.annotations.map(({ start_line }) => start_line)).size).toBe(120);
    expect(run.conclusion).toBe('failure');
  });

  it('that renames a file with a change is compared with the file as it was called', async () => {
    const { run } = await review(
      { 'a/load.py': `${RISKY}\n${CLEAN}` },
      { 'a/load.py': null, 'b/load.py': `${RISKY}\n${CLEAN}${PICKLE}` },
    );
    expect(run.annotations).toMatchObject([{ path: 'b/load.py', start_line: 16 }]);
  });

  it('with a file of 30 MB says that it was not analysed, and finds what is in the others', async () => {
    const { run } = await review({}, { 'data.csv': Buffer.alloc(30_000_000, 'a,b,c\n'), 'load.py': RISKY });
    expect(run.annotations).toHaveLength(1);
    expect(run.output.summary).toContain('data.csv');
    expect(run.output.summary).toMatch(/large/i);
  });

  it('with nothing but a file that is too large does not look clean', async () => {
    const { run } = await review({}, { 'data.csv': Buffer.alloc(6_000_000, 'a,b,c\n') });
    expect(run.conclusion).toBe('neutral');
    expect(run.output.title).toMatch(/1 file not analysed/);
  });

  it('with a file that is not UTF-8 finds what is in it', async () => {
    const latin = Buffer.concat([Buffer.from([0x23, 0xe9, 0xe8, 0x0a]), Buffer.from(RISKY)]);
    const { run } = await review({}, { 'load.py': latin });
    expect(run.annotations).toMatchObject([{ path: 'load.py', start_line: 6 }]);
  });

  it('with a symbolic link, a submodule, a large-file pointer and an image lists them with the reason', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
    const image = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), Buffer.alloc(100)]);
    const { run } = await review(
      {},
      {
        link: { symlink: 'load.py' },
        vendored: { submodule: 'a'.repeat(40) },
        'model.bin': pointer,
        'a.png': image,
        'load.py': CLEAN,
      },
    );
    for (const name of ['link', 'vendored', 'model.bin', 'a.png']) expect(run.output.summary).toContain(name);
    expect(run.output.summary).toContain('1 of 5');
  });
});

describe('a notebook', () => {
  it('that stands on one line is annotated at that line, with the cell', async () => {
    const text = notebook([{ code: 'import torch' }, { code: 'a = 1\nb = torch.load("x")', execution: 3 }], null);
    const { run } = await review({}, { 'one.ipynb': text });
    expect(run.annotations).toMatchObject([{ path: 'one.ipynb', start_line: 1 }]);
    expect(run.annotations[0]?.message).toMatch(/cell 2/i);
  });

  it('that is broken is read as text, and said to be broken', async () => {
    const token = sampleToken('huggingface');
    const { run } = await review({}, { 'broken.ipynb': `{"cells": [\n {"source": "token = '${token}'"}\n` });
    expect(run.annotations).toMatchObject([{ path: 'broken.ipynb', start_line: 2 }]);
    expect(run.output.summary).toContain('broken.ipynb');
    expect(run.output.summary).toMatch(/notebook/i);
  });
});

describe('a policy', () => {
  it('leaves out ignored paths, and says so', async () => {
    const { run } = await review(
      { '.github/assay.yml': 'ignore-paths: ["legacy/**"]\n' },
      { 'legacy/a.py': RISKY, 'b.py': CLEAN },
    );
    expect(run).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(run.output.summary).toContain('legacy/a.py');
  });

  it('disables a rule, and changes a severity', async () => {
    const { run } = await review(
      { '.github/assay.yml': `rules:\n  disable: [pickle-load]\n  severity: {${RISKY_RULE}: low}\n` },
      { 'a.py': RISKY, 'b.py': PICKLE },
    );
    expect(run.conclusion).toBe('success');
    expect(run.annotations).toMatchObject([{ path: 'a.py', annotation_level: 'notice' }]);
  });
});
