import { afterAll, beforeAll, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';

const token = sampleToken('huggingface');
const told = sampleToken('github');
const accepted = sampleToken('huggingface', 'accepted');

let repo: GitRepo;
let first: string;
let last: string;
beforeAll(async () => {
  repo = await createGitRepo();
  await repo.commit({ 'a.py': 'x = 1\n' }, 'Start');
  await repo.branch('topic');
  first = await repo.commit({ 'a.py': `x = 1\ntoken = "${token}"\n`, 'b.py': `y = "${accepted}"\n` }, 'Add');
  await repo.commit({ 'a.py': 'x = 2\n', 'b.py': null }, 'Remove');
  last = await repo.commit({ 'a.py': 'x = 3\n' }, `Log in\n\nwith ${told}`);
});
afterAll(() => repo.cleanup());

const review = (format: string) => runCli(['review', '--base', 'main', '--format', format], { cwd: repo.path });

it('tells of secrets in earlier commits and in messages, and hears what the base says of them', async () => {
  const before = await review('json');
  expect(before.code).toBe(1);
  expect(before.stdout).not.toContain(token.slice(8));
  const report = JSON.parse(before.stdout);
  const places = report.findings.map((finding: Record<string, unknown>) => [
    finding.state,
    finding.path,
    finding.commit,
    finding.text,
  ]);
  expect(places.toSorted()).toEqual(
    [
      ['history', 'a.py', first, undefined],
      ['history', 'b.py', first, undefined],
      ['new', `(the message of commit ${last.slice(0, 12)})`, last, 'message'],
    ].toSorted(),
  );
  expect(report.counts).toMatchObject({ blocking: 3, history: 2 });

  const waivers = report.findings
    .filter(({ path }: { path: string }) => path !== 'b.py')
    .map(
      ({ fingerprint }: { fingerprint: string }) =>
        `  - { secret: "${fingerprint}", rotated: 2026-01-02, reason: revoked }\n`,
    );
  await repo.git('switch', '--quiet', 'main');
  await repo.commit({
    '.github/assay.yml': `waivers:\n${waivers.join('')}`,
    '.gitleaksignore': `${first}:b.py:huggingface-user-token:1\n`,
  });
  await repo.git('switch', '--quiet', 'topic');
  const { code, stdout } = await review('text');
  expect(stdout).toContain('Rotated, as the policy attests');
  expect(stdout).toContain('rotated on 2026-01-02: revoked');
  expect(stdout).toContain('3 suppressed');
  expect(code).toBe(0);
}, 60_000);
