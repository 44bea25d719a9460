/** What the repository runs with decides on findings that are about certain versions of a package. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { runCli } from '#test/support/run-cli.ts';

const PLAIN = 'import torch\n\nstate = torch.load("a.pt")\n';
const TENSORS_ONLY = 'import torch\n\nstate = torch.load("a.pt", weights_only=True)\n';

let repo: GitRepo;
beforeEach(async () => {
  repo = await createGitRepo();
});
afterEach(() => repo.cleanup());

async function found(...args: string[]): Promise<string[]> {
  const { stdout } = await runCli([...args, '--format', 'json'], { cwd: repo.path });
  const { findings } = JSON.parse(stdout) as { findings: { rule_id: string; path: string; state: string }[] };
  return findings.map(({ rule_id, path, state }) => `${state} ${rule_id} ${path}`);
}

describe('assay scan', () => {
  it('asks the manifests nearest to the file', async () => {
    await repo.write({
      'requirements.txt': 'torch>=2.6\n',
      'new.py': PLAIN,
      'new_safe.py': TENSORS_ONLY,
      'legacy/requirements.txt': 'torch==1.13.1\n',
      'legacy/old.py': PLAIN,
      'legacy/old_safe.py': TENSORS_ONLY,
    });
    expect(await found('scan', '.')).toEqual([
      'new torch-load-untrusted legacy/old.py',
      'new torch-load-before-2-6 legacy/old_safe.py',
    ]);
  });

  it('tells what may be where no manifest names a version', async () => {
    await repo.write({ 'train.py': PLAIN, 'safe.py': TENSORS_ONLY });
    expect(await found('scan', '.')).toEqual(['new torch-load-untrusted train.py']);
  });
});

describe('assay review', () => {
  it('judges each side by its own manifests', async () => {
    const base = await repo.commit({ 'requirements.txt': 'torch==2.7.0\n', 'train.py': PLAIN }, 'Start');
    await repo.commit({ 'requirements.txt': 'torch==2.4.0\n', 'train.py': `${PLAIN}print(state)\n` }, 'Go back');
    expect(await found('review', '--base', base)).toEqual(['new torch-load-untrusted train.py']);
  });
});
