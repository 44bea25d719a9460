/** A secret in an archive, from the command line: placed in the entry, the same for a scan and for a review. */
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { CLEAN } from '#test/support/ml-files.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';
import { tar, zip } from '#test/unpack/archives.ts';

const token = sampleToken('huggingface');
const inner = tar([{ name: 'train/.env', content: `EPOCHS=3\nHF_TOKEN=${token}\n` }]);
const ARCHIVE = gzipSync(tar([{ name: 'parts/b.tar', content: inner }]));
const ENCRYPTED = zip([{ name: 'keys.txt', content: 'x', encrypted: true }]);

let repo: GitRepo;
beforeEach(async () => {
  repo = await createGitRepo();
  await repo.commit({ 'load.py': CLEAN }, 'Start');
  await repo.branch('topic');
  await repo.commit({ 'data.tar.gz': ARCHIVE, 'locked.zip': ENCRYPTED }, 'Add the data');
});
afterEach(() => repo.cleanup());

describe.each([
  ['assay scan', ['scan', '.']],
  ['assay review', ['review', '--base', 'main']],
])('%s', (_, args) => {
  it('finds a secret in an archive, and says what it could not open', async () => {
    const { code, stdout } = await runCli([...args, '--format', 'json'], { cwd: repo.path });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      incomplete: true,
      findings: [
        {
          rule_id: 'huggingface-user-token',
          path: 'data.tar.gz',
          start_line: 1,
          entry: { path: 'parts/b.tar!train/.env', line: 2, column: 10 },
        },
      ],
      skipped: [{ path: 'locked.zip', reason: 'encrypted', detail: 'entry "keys.txt": encrypted' }],
    });
    expect(stdout).not.toContain(token.slice(4, 16));
  });

  it('names the entry to people', async () => {
    const { stdout } = await runCli(args, { cwd: repo.path });
    expect(stdout).toContain('data.tar.gz:1:1 · line 2 of the entry parts/b.tar!train/.env');
  });

  it('goes by the bytes of a file, and not by its name', async () => {
    await repo.commit(
      { 'table.csv': zip([{ name: '.env', content: `HF_TOKEN=${sampleToken('huggingface', 2)}\n` }]) },
      'Add a table',
    );
    const { stdout } = await runCli(args, { cwd: repo.path });
    expect(stdout).toContain('table.csv:1:1 · line 1 of the entry .env');
  });
});
