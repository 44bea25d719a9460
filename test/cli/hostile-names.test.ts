/** Names that are made to be obeyed, by a terminal, by a pipeline that reads its log, or by who reads JSON: shown, and no more. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGitRepo, type GitRepo } from '#test/support/git-repo.ts';
import { runCli } from '#test/support/run-cli.ts';
import { sampleToken } from '#test/support/samples.ts';
import { tar, zip } from '#test/unpack/archives.ts';

const NAMES = [
  'a\nb',
  'c\u001b[2Jd',
  '::error file=a::b',
  '##[set-env name=A]b',
  '\u202egnp.py',
  'e\r\nf',
  '<img src=x>',
];
const secret = (seed: number) => `TOKEN=${sampleToken('huggingface', seed)}\n`;

let repo: GitRepo;
beforeEach(async () => {
  repo = await createGitRepo();
  await repo.commit({ 'load.py': 'x = 1\n' }, 'Start');
  await repo.branch('topic');
  const files = NAMES.map((name, index) => [name, secret(index)] as const);
  const packed = NAMES.map((name, index) => ({ name, content: secret(100 + index) }));
  const locked = NAMES.map((name) => ({ name, content: 'x', encrypted: true }));
  await repo.commit({ ...Object.fromEntries(files), 'n.tar': tar(packed), 'm.zip': zip(locked) }, '::warning::m');
});
afterEach(() => repo.cleanup());

it.each([
  ['assay scan', ['scan', '.']],
  ['assay review', ['review', '--base', 'main']],
])('%s', async (_, args) => {
  const text = (await runCli(args, { cwd: repo.path })).stdout;
  expect(text).not.toMatch(/^\s*::|##\[/m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be printed.
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
  expect(text).toContain('\\u{3A}:error file=a::b');

  const { stdout } = await runCli([...args, '--format', 'json'], { cwd: repo.path });
  expect(stdout).not.toMatch(/^\s*::|##\[|\p{Cf}/mu);
  expect(stdout).not.toContain(String.fromCharCode(27));
  const { findings } = JSON.parse(stdout);
  const paths = findings.map((finding: { path: string }) => finding.path);
  expect(new Set(paths)).toEqual(new Set([...NAMES, 'n.tar']));
  expect(findings).toHaveLength(2 * NAMES.length);
});
