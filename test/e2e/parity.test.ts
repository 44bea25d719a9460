import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE_FILES, headFiles } from '#demo/repository.ts';
import { CLEAN, PICKLE, RISKY } from '#test/support/ml-files.ts';
import { type RunningApp, runApp } from '#test/support/run-app.ts';
import { runCli } from '#test/support/run-cli.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await runApp();
});
afterAll(() => app.stop());

const many = Object.fromEntries(
  Array.from({ length: 60 }, (_, index) => [`src/m${index}.py`, index % 7 === 0 ? PICKLE : CLEAN]),
);

describe('assay review over a range', () => {
  it.each([
    ['of a few files, which the App fetches from the API', BASE_FILES, headFiles()],
    [
      'of many files, which the App fetches with git',
      { ...BASE_FILES, 'moved/load.py': RISKY },
      { ...headFiles(), ...many, 'moved/load.py': null, 'load.py': RISKY },
    ],
  ])('%s, finds exactly what the App annotates', async (_, base, head) => {
    const repo = await app.createRepository({ files: base });
    const { pull } = await app.fake.openPull({ repo, files: head });
    const run = await app.concluded(pull.head.sha);
    const { stdout } = await runCli(
      ['review', '--repo', repo.git.path, '--base', pull.base.sha, '--head', pull.head.sha, '--format', 'json'],
      { cwd: '/' },
    );
    const report = JSON.parse(stdout) as {
      conclusion: string;
      findings: { state: string; path: string; start_line: number; end_line: number; rule_id: string }[];
    };
    const found = report.findings
      .filter(({ state }) => state === 'new')
      .map(({ path, start_line, end_line, rule_id }) => `${path}:${start_line}-${end_line} ${rule_id}`);
    const annotated = run.annotations.map(
      ({ path, start_line, end_line, title }) => `${path}:${start_line}-${end_line} ${title?.split(': ').at(-1)}`,
    );
    expect(found.length).toBeGreaterThan(3);
    expect(annotated.sort()).toEqual(found.sort());
    expect(report.conclusion).toBe(run.conclusion);
  });
});
