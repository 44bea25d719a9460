import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { CLEAN, notebook, OTHER_RISKY, PICKLE, RISKY, RISKY_RULE } from '#test/support/ml-files.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';

let repo: GitRepo;
const token = sampleToken('huggingface');

beforeAll(async () => {
  repo = await createGitRepo();
  await repo.commit({ 'load.py': CLEAN, 'old.py': PICKLE, 'mended.py': OTHER_RISKY }, 'Start');
  await repo.branch('topic');
  await repo.commit(
    {
      'load.py': RISKY,
      'old.py': `${PICKLE}\n# touched\n`,
      'mended.py': CLEAN,
      'explore.ipynb': notebook([
        { markdown: 'hi' },
        { code: `import os\nos.environ["HF_TOKEN"] = "${token}"`, execution: 3 },
      ]),
    },
    'Change',
  );
});
afterAll(() => repo.cleanup());

const review = (...args: string[]) => runCli(['review', '--base', 'main', ...args], { cwd: repo.path });

describe('assay review', () => {
  it('prints what the change newly introduces, and exits with 1', async () => {
    const { code, stdout, stderr } = await review();
    expect(stderr).toBe('');
    expect(stdout).toMatchSnapshot();
    expect(code).toBe(1);
    expect(stdout).not.toContain(token.slice(8));
  });

  it('exits with 0 when nothing blocks', async () => {
    expect((await review('--fail-on', 'never')).code).toBe(0);
    const { code, stdout } = await runCli(['review', '--repo', repo.path, '--base', 'topic', '--head', 'topic'], {
      cwd: '/',
    });
    expect({ code, stdout }).toMatchSnapshot();
  });

  it('prints JSON with every state apart', async () => {
    const report = JSON.parse((await review('--format', 'json')).stdout);
    expect(report.conclusion).toBe('failure');
    expect(report.counts).toMatchObject({ blocking: 2, known: 1, fixed: 1, suppressed: 0 });
    const found = report.findings.map(({ rule_id, state, path, start_line }: Record<string, unknown>) => ({
      rule_id,
      state,
      path,
      start_line,
    }));
    expect(found).toContainEqual({ rule_id: RISKY_RULE, state: 'new', path: 'load.py', start_line: 5 });
    expect(found).toContainEqual({ rule_id: RISKY_RULE, state: 'fixed', path: 'mended.py', start_line: 5 });
    expect(JSON.stringify(report)).not.toContain(token.slice(8));
  });

  it('writes SARIF to a file', async () => {
    const { code, stdout } = await review('--format', 'sarif', '--output', 'report.sarif');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const { readFile } = await import('node:fs/promises');
    const sarif = JSON.parse(await readFile(`${repo.path}/report.sarif`, 'utf8'));
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain(RISKY_RULE);
  });
});
