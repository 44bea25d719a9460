import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { RISKY } from '#test/support/ml-files.ts';
import { runCli } from '#test/support/run-cli.ts';

let folder: string;
let repo: GitRepo;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-cli-'));
  repo = await createGitRepo();
  await repo.commit({ 'load.py': RISKY }, 'Start');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await repo.cleanup();
});

/** One clear line on standard error, nothing on standard output, and 2. */
async function misuse(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, { cwd: folder });
  expect({ code, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 1 });
  return stderr.trimEnd();
}

describe('bad input gets one clear line', () => {
  it('where there is no repository', async () => {
    expect(await misuse('review')).toBe('assay: not a git repository: .');
    expect(await misuse('review', '--repo', 'nowhere')).toBe('assay: no such folder: nowhere');
  });

  it('for an unknown revision', async () => {
    expect(await misuse('review', '--repo', repo.path, '--base', 'nonsense')).toMatch(
      /^assay: no such commit in .*: nonsense$/,
    );
    expect(await misuse('review', '--repo', repo.path, '--base', 'main', '--head', '--output=x')).toMatch(/--head/);
  });

  it('for a path that cannot be read', async () => {
    expect(await misuse('scan', 'no/such/folder')).toBe('assay: no/such/folder: no such file or folder');
    expect(await misuse('scan')).toBe('assay: scan needs a file or a folder');
    expect(await misuse('scan', '.', '--rules', 'no-rules')).toBe('assay: no-rules: no such file or folder');
  });

  it('for an unknown command, option or value', async () => {
    expect(await misuse('frobnicate')).toBe('assay: unknown command "frobnicate"; try assay --help');
    expect(await misuse('scan', '.', '--colour')).toBe("assay: Unknown option '--colour'");
    expect(await misuse('scan', '.', '--format', 'xml')).toBe('assay: --format xml: expected one of text, json, sarif');
    expect(await misuse('scan', '.', '--fail-on', 'severe')).toContain(
      'expected one of critical, high, medium, low, info, never',
    );
    expect(await misuse('rules', 'no-such-rule')).toContain('no-such-rule');
  });

  it('for a folder without rules, and a file that is none', async () => {
    expect(await misuse('scan', '.', '--only-rules', '.')).toContain('no rules in this folder');
    await writeFile(join(folder, 'notes.txt'), 'x');
    expect(await misuse('scan', '.', '--rules', 'notes.txt')).toContain('not a rule file');
  });

  it('for an invalid rule: which key on which line; the other rules run', async () => {
    const rules = join(folder, 'mine');
    await import('node:fs/promises').then(({ mkdir }) => mkdir(rules));
    await writeFile(
      join(rules, 'mine.yaml'),
      [
        'rules:',
        '  - id: broken',
        '    languages: [python]',
        '    severity: ERROR',
        '    message: m',
        '    patern: eval(...)',
        '  - id: sound',
        '    languages: [python]',
        '    severity: ERROR',
        '    message: m',
        '    pattern: torch.load(...)',
      ].join('\n'),
    );
    const { code, stdout, stderr } = await runCli(['scan', repo.path, '--only-rules', rules, '--format', 'json'], {
      cwd: folder,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/mine\.yaml:\d+:\d+: invalid: .*broken.*/);
    expect(stderr).toContain('patern');
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule_id: 'sound', start_line: 5 }]);
  });
});

describe('help', () => {
  it('is printed on request, and when nothing is asked', async () => {
    const asked = await runCli(['--help'], { cwd: folder });
    expect({ code: asked.code, stderr: asked.stderr }).toEqual({ code: 0, stderr: '' });
    expect(asked.stdout).toContain('assay review');
    const nothing = await runCli([], { cwd: folder });
    expect({ code: nothing.code, stdout: nothing.stdout }).toEqual({ code: 2, stdout: '' });
    expect(nothing.stderr).toContain('assay review');
    expect((await runCli(['--version'], { cwd: folder })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
