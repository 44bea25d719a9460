import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { CLEAN, PICKLE, RISKY, RISKY_RULE } from '#test/support/ml-files.ts';
import { runCli } from '#test/support/run-cli.ts';

let repo: GitRepo;
beforeEach(async () => {
  repo = await createGitRepo();
});
afterEach(() => repo.cleanup());

const scan = (...args: string[]) => runCli(['scan', ...args], { cwd: repo.path });

describe('assay scan', () => {
  it('reads what git tracks and what it does not ignore, and says what it left out', async () => {
    await repo.commit({ '.gitignore': 'build/\n', 'load.py': RISKY, 'link.py': { symlink: 'load.py' } }, 'Start');
    await repo.write({ 'new.py': PICKLE, 'build/out.py': PICKLE, 'big.txt': 'x'.repeat(6 * 1024 * 1024) });
    const { code, stdout, stderr } = await scan('.');
    expect(stderr).toBe('');
    expect(stdout).toMatchSnapshot();
    expect(code).toBe(1);
  });

  it('says when it cannot open a file whose name is not UTF-8', async () => {
    await repo.commit({ 'a.py': CLEAN, 'gone.py': CLEAN }, 'Start');
    await rm(join(repo.path, 'gone.py'));
    await writeFile(Buffer.concat([Buffer.from(join(repo.path, 'b')), Buffer.from([0xff]), Buffer.from('.py')]), RISKY);
    const { stdout } = await scan('.', '--format', 'json');
    expect(JSON.parse(stdout).skipped).toMatchObject([
      { path: 'b\ufffd.py', reason: 'unreadable', detail: 'its name is not UTF-8' },
    ]);
  });

  it('follows the policy of the folder', async () => {
    await repo.write({ '.github/assay.yml': 'ignore-paths: [legacy/**]\n', 'legacy/a.py': RISKY, 'b.py': CLEAN });
    const { code, stdout } = await scan('.', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ conclusion: 'success', findings: [] });
  });

  it('names the line of a broken policy, and exits with 2', async () => {
    await repo.write({ '.github/assay.yml': 'fail-on: severe\n', 'b.py': CLEAN });
    const { code, stdout } = await scan('.');
    expect(code).toBe(2);
    expect(stdout).toMatch(/line 1/);
    expect(stdout).toContain('fail-on');
  });

  it('takes a single file, also one that git ignores', async () => {
    await repo.commit({ '.gitignore': '*.py\n' }, 'Start');
    await repo.write({ 'load.py': RISKY });
    const { code, stdout } = await scan('load.py', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).findings).toMatchObject([
      { rule_id: RISKY_RULE, path: 'load.py', start_line: 5, start_column: 12 },
    ]);
  });

  it('finds the same in SARIF, and says nothing else on standard output', async () => {
    await repo.write({ 'load.py': RISKY });
    const { stdout } = await scan('.', '--format', 'sarif');
    expect(JSON.parse(stdout).runs[0].results).toMatchObject([
      {
        ruleId: RISKY_RULE,
        locations: [{ physicalLocation: { artifactLocation: { uri: 'load.py' }, region: { startLine: 5 } } }],
      },
    ]);
  });

  it('runs rules in addition or instead', async () => {
    const rule =
      'rules:\n  - id: mine\n    languages: [python]\n    severity: INFO\n    message: mine\n    pattern: import torch\n';
    await repo.write({ 'load.py': RISKY, 'mine.yaml': rule });
    const ids = async (...args: string[]) =>
      (JSON.parse((await scan('load.py', '--format', 'json', ...args)).stdout).findings as { rule_id: string }[])
        .map((finding) => finding.rule_id)
        .sort();
    expect(await ids('--rules', 'mine.yaml')).toEqual(['mine', RISKY_RULE]);
    expect(await ids('--only-rules', 'mine.yaml')).toEqual(['mine']);
  });

  it('names what is no regular file, and does not wait for it', async () => {
    const { code, stdout } = await scan('/dev/null');
    expect(code).toBe(0);
    expect(stdout).toContain('/dev/null (not a regular file)');
    expect(stdout).toContain('incomplete');
  });

  it('is clean on an empty folder', async () => {
    const { code, stdout } = await scan('.');
    expect({ code, stdout }).toMatchSnapshot();
  });
});

describe('assay rules', () => {
  it('lists them, and tells all about one', async () => {
    const list = await runCli(['rules'], { cwd: repo.path });
    expect(list.code).toBe(0);
    expect(list.stdout).toContain(RISKY_RULE);
    const one = await runCli(['rules', RISKY_RULE], { cwd: repo.path });
    expect(one.stdout).toMatchSnapshot();
    const data = JSON.parse((await runCli(['rules', RISKY_RULE, '--json'], { cwd: repo.path })).stdout);
    expect(data).toMatchObject({ id: RISKY_RULE, analyzer: 'sast', severity: 'high' });
  });
});

describe('assay test', () => {
  const rule = (id: string) =>
    `rules:\n  - id: ${id}\n    languages: [python]\n    severity: ERROR\n    message: m\n    pattern: eval(...)\n`;

  it('prints each failure with its line, and the totals', async () => {
    await repo.write({
      'rules/good.yaml': rule('good'),
      'rules/good.py': '# ruleid: good\neval(x)\n# ok: good\nexec(x)\n',
      'rules/bad.yaml': rule('bad'),
      'rules/bad.py': '# ruleid: bad\nexec(x)\neval(y)\n',
      'rules/lonely.yaml': rule('lonely'),
    });
    const { code, stdout } = await runCli(['test', 'rules'], { cwd: repo.path });
    expect({ code, stdout }).toMatchSnapshot();
    const report = JSON.parse((await runCli(['test', 'rules', '--json'], { cwd: repo.path })).stdout);
    expect(report).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(report.results).toContainEqual(expect.objectContaining({ rule_id: 'bad', missing: [2], unexpected: [3] }));
  });

  it('passes for the rules that Assay ships', async () => {
    const { code, stdout } = await runCli(['test', 'rules'], { cwd: join(import.meta.dirname, '../..') });
    expect(stdout).toMatch(/^\d+ passed, 0 failed\n$/);
    expect(code).toBe(0);
  });
});
