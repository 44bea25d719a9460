/** A team's own Gitleaks files work unchanged: read from the base, beside our rules, and never silently wrong. */
import { afterEach, expect, test } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';

const TEAM = `[[rules]]
id = "huggingface-token"
description = "Hugging Face access token"
regex = '''hf_[A-Za-z0-9]{34,40}'''
keywords = ["huggingface", "hf_"]

[[rules]]
id = "wandb-key"
description = "Weights & Biases API key"
regex = '''[a-f0-9]{40}'''
path = '''.*\\.netrc'''
`;
const ACME = `[[rules]]\nid = "acme"\nregex = '''acme_[a-z]{8}'''\n`;

let repo: GitRepo;
afterEach(() => repo.cleanup());

async function review(base: Record<string, string>, head: Record<string, string>) {
  repo = await createGitRepo();
  await repo.commit({ 'README.md': '# Training\n', ...base }, 'Start');
  await repo.branch('topic');
  await repo.commit(head, 'Change');
  const { code, stdout } = await runCli(['review', '--base', 'main', '--format', 'json'], { cwd: repo.path });
  const report = JSON.parse(stdout);
  const found = report.findings.map((one: Record<string, unknown>) => `${one.rule_id} ${one.state} ${one.path}`);
  return { code, report, found };
}

test('the two rules of a team that trains models', async () => {
  const key = sampleToken('wandb');
  const { code, found, report } = await review(
    { '.gitleaks.toml': TEAM },
    {
      '.netrc': `machine example.org\n  login user\n  key ${key}\n`,
      'train.py': `T = "${sampleToken('huggingface')}"\n`,
    },
  );
  expect(found).toContain('wandb-key new .netrc');
  expect(found.filter((one: string) => one.endsWith('train.py'))).toHaveLength(1);
  expect(JSON.stringify(report)).not.toContain(key);
  expect(code).toBe(1);
});

test('a secret that ours and theirs find is one finding that names both, and their id in .gitleaksignore accepts it', async () => {
  const lines = () => `T = "${sampleToken('huggingface')}"\n`;
  const { report, found } = await review(
    { '.gitleaks.toml': TEAM, '.gitleaksignore': 'train.py:huggingface-token:1\ntrain.py:wandb-key:2\n' },
    { 'train.py': lines() + lines() },
  );
  expect(found).toEqual(['huggingface-user-token new train.py', 'huggingface-user-token suppressed train.py']);
  expect(report.findings[0]).toMatchObject({ start_line: 2, evidence: { alsoFoundBy: ['huggingface-token'] } });
  expect(report.findings[1].suppression).toMatchObject({ marker: '.gitleaksignore' });
});

test('rules that the change itself brings do not judge it', async () => {
  const { found } = await review({}, { '.gitleaks.toml': ACME, 'a.py': 'k = "acme_abcdwxyz"\n' });
  expect(found).toEqual([]);
});

test('a mistake is named with its rule and line, and the review does not pass silently', async () => {
  const { report, found } = await review(
    { '.gitleaks.toml': `${ACME}[[rules]]\nid = "broken"\nregex = '''(?=a)'''\n` },
    { 'a.py': 'k = "acme_abcdwxyz"\n' },
  );
  expect(found).toEqual(['acme new a.py']);
  expect(report.incomplete).toBe(true);
  expect(report.notes.join('\n')).toMatch(/`\.gitleaks\.toml`, line 6: rule `broken`: "regex": .*The rule did not run/);
});

test('what stands in .gitleaksignore is suppressed, and named', async () => {
  const { found } = await review(
    { '.gitleaks.toml': ACME, '.gitleaksignore': '# accepted\na.py:acme:2\n' },
    { 'a.py': 'k = "acme_abcdwxyz"\nl = "acme_abcdwxyy"\n' },
  );
  expect(found.toSorted()).toEqual(['acme new a.py', 'acme suppressed a.py']);
});

test('gitleaks:allow on the line counts', async () => {
  const { found } = await review({ '.gitleaks.toml': ACME }, { 'a.py': 'k = "acme_abcdwxyz"  # gitleaks:allow\n' });
  expect(found).toEqual(['acme suppressed a.py']);
});

test('a secret below the first line of its match is accepted as Gitleaks accepts it, and reported where it stands', async () => {
  const rule = `[[rules]]\nid = "acme"\nregex = '''(?s)acme:.{0,20}?(k_[a-z]{8})'''\n`;
  const text = 'acme:\n  k_abcdwxyz\nacme: # gitleaks:allow\n  k_abcdwxya\nacme:\n  k_abcdwxyb\n';
  const { report } = await review({ '.gitleaks.toml': rule, '.gitleaksignore': 'a.yaml:acme:1\n' }, { 'a.yaml': text });
  const found = report.findings.map((one: Record<string, unknown>) => [one.start_line, one.state, one.evidence]);
  expect(found.toSorted()).toMatchObject([
    [2, 'suppressed', { matchLines: { from: 1, to: 2 } }],
    [4, 'suppressed', { matchLines: { from: 3, to: 4 } }],
    [6, 'new', { matchLines: { from: 5, to: 6 } }],
  ]);
});
