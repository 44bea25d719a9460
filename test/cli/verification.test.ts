/** The command line asks no vendor about a secret, and says so where the policy wants them asked. */
import { expect, test } from 'vitest';
import { createGitRepo } from '#test/support/git-repo.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';

test('a policy that wants vendors asked is told that they are not', async () => {
  const repo = await createGitRepo();
  try {
    await repo.commit({ '.github/assay.yml': 'verification: {detectors: [huggingface-user-token, hf]}\n' }, 'Start');
    await repo.branch('topic');
    await repo.commit({ 'a.py': `t = "${sampleToken('huggingface')}"\n` }, 'Change');
    const { code, stdout } = await runCli(['review', '--base', 'main', '--format', 'json'], { cwd: repo.path });
    const { notes, findings } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(notes).toEqual([
      expect.stringContaining('`hf` in `verification.detectors` of the policy is no rule of this review.'),
      expect.stringMatching(/^One new secret would have been verified .* but the command line asks no vendor\.$/),
    ]);
    expect(findings[0].evidence).not.toHaveProperty('verified');
  } finally {
    await repo.cleanup();
  }
});
