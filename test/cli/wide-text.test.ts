/** Secrets in files that PowerShell wrote, from the command line: found, placed, compared and accepted as in any text. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';

const known = sampleToken('huggingface', 'known');
const added = sampleToken('github');
const accepted = sampleToken('huggingface', 'accepted');
const wide = (text: string) => Buffer.from(text, 'utf16le');

let repo: GitRepo;
beforeAll(async () => {
  repo = await createGitRepo();
  await repo.commit({ '.env': `HF_TOKEN=${known}\r\n` }, 'Start');
  await repo.branch('topic');
  const appended = wide(`GH_TOKEN=${added}\r\nOTHER=${accepted} # gitleaks:allow\r\n`);
  await repo.commit(
    { '.env': wide(`HF_TOKEN=${known}\r\n`), 'train.log': Buffer.concat([Buffer.from('start\n'), appended]) },
    'Log',
  );
});
afterAll(() => repo.cleanup());

describe('UTF-16', () => {
  const run = async (args: readonly string[]) => {
    const { code, stdout } = await runCli([...args, '--format', 'json'], { cwd: repo.path });
    const report = JSON.parse(stdout);
    const found = report.findings.map((one: Record<string, unknown>) => [
      one.state,
      one.path,
      one.start_line,
      one.start_column,
    ]);
    return { code, found: found.toSorted(), skipped: report.skipped, stdout };
  };

  it('is compared with what stood there in another encoding', async () => {
    const { code, found, skipped, stdout } = await run(['review', '--base', 'main']);
    expect(code).toBe(1);
    expect(found).toEqual([
      ['known', '.env', 1, 10],
      ['new', 'train.log', 2, 10],
      ['suppressed', 'train.log', 3, 7],
    ]);
    expect(skipped).toEqual([]);
    for (const secret of [known, added, accepted]) expect(stdout).not.toContain(secret.slice(8));
  });

  it('is read by a scan', async () => {
    const { found } = await run(['scan', '.']);
    expect(found).toHaveLength(3);
  });
});
