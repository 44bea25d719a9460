import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { listWorkTree, openLocalRepository } from '#git/local-repository.ts';
import { createObjectStore } from '#git/object-store.ts';
import { runGit } from '#git/run-git.ts';
import { scratchFolder, scratchRepository } from './scratch.ts';

test('nothing that a repository configures is run', async () => {
  const folder = scratchFolder();
  const trap = join(folder, 'trap.sh');
  const sprung = join(folder, 'sprung');
  writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >> "${sprung}"\ncat\n`, { mode: 0o755 });
  const repo = scratchRepository('hostile', folder);
  const base = repo.commit({ '.gitattributes': '* diff=trap filter=trap\n', 'a.py': 'x\n' });
  const head = repo.commit({ 'a.py': 'y\n', 'new.py': 'z\n' });
  for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
    repo.write(`hooks/${hook}`, `#!/bin/sh\n"${trap}"\n`);
    repo.git('update-index', '--refresh');
  }
  const settings = {
    'core.fsmonitor': trap,
    'core.hooksPath': join(repo.path, 'hooks'),
    'core.pager': trap,
    'core.sshCommand': trap,
    'core.alternateRefsCommand': trap,
    'core.gitProxy': trap,
    'core.askPass': trap,
    'diff.external': trap,
    'diff.trap.command': trap,
    'diff.trap.textconv': trap,
    'filter.trap.clean': trap,
    'filter.trap.smudge': trap,
    'filter.trap.process': trap,
    'credential.helper': trap,
    'gpg.program': trap,
    'uploadpack.packObjectsHook': trap,
    'remote.origin.url': `ext::${trap}`,
    'remote.origin.promisor': 'true',
    'remote.origin.uploadpack': trap,
    'protocol.ext.allow': 'always',
    'protocol.file.allow': 'always',
  };
  for (const [name, value] of Object.entries(settings)) repo.git('config', name, value);

  const local = await openLocalRepository(repo.path);
  expect(await local.mergeBase(base, await local.resolve('HEAD'))).toBe(base);
  await local.objects.diff(base, head, 'similar');
  const [a, b] = [repo.git('rev-parse', `${base}:a.py`), repo.git('rev-parse', `${head}:a.py`)];
  const lines: string[] = [];
  await local.objects.hunkLines([{ base: a, head: b }], (_, line) => lines.push(line));
  expect(lines).toEqual(['@@ -1 +1 @@']);
  expect(await local.readFile(head, 'new.py')).toEqual(new Uint8Array(Buffer.from('z\n')));
  expect(await listWorkTree(repo.path)).toContain('new.py');
  // An object that is missing here and that the hostile remote would offer.
  await local.objects.sizes(['ab'.repeat(20)]).catch(() => null);
  await local.objects.read(['ab'.repeat(20)]).catch(() => null);
  expect(existsSync(sprung)).toBe(false);
  repo.git('status');
  expect(existsSync(sprung), 'ordinary git runs the trap').toBe(true);
});

test('the environment of the process is not handed on', async () => {
  const repo = scratchRepository();
  repo.commit({ 'a.py': 'x\n' });
  vi.stubEnv('GIT_DIR', '/nonexistent');
  vi.stubEnv('GIT_CONFIG_COUNT', '1');
  vi.stubEnv('GIT_CONFIG_KEY_0', 'core.bare');
  vi.stubEnv('GIT_CONFIG_VALUE_0', 'true');
  vi.stubEnv('GIT_TRACE', '1');
  const { stdout } = await runGit(['rev-parse', '--is-inside-work-tree'], { cwd: repo.path });
  expect(stdout.toString()).toBe('true\n');
  vi.unstubAllEnvs();
});

test.each([
  'https://localhost:1/x',
  'http://localhost:1/x',
  'git://localhost/x',
  'ssh://localhost/x',
  'ext::true',
  '/',
])('a local command does not reach %s', async (url) => {
  const failure = runGit(['ls-remote', url], { cwd: scratchFolder() });
  await expect(failure).rejects.toMatchObject({ code: 'git-failed', message: expect.stringContaining('not allowed') });
});

test('a fetch over https does not turn to another transport', async () => {
  const failure = runGit(['ls-remote', 'http://localhost:1/x'], { cwd: scratchFolder(), transport: 'https' });
  await expect(failure).rejects.toMatchObject({ message: expect.stringContaining("transport 'http' not allowed") });
});

const slow = ['-c', 'alias.slow=!sleep 30', 'slow'];

test('git that takes too long is ended with its children', async () => {
  const startedAt = Date.now();
  const failure = runGit(slow, { cwd: scratchFolder(), timeoutMs: 200 });
  await expect(failure).rejects.toMatchObject({ code: 'git-failed', retry: { afterMs: null } });
  expect(Date.now() - startedAt).toBeLessThan(10_000);
});

test('git is ended when the work is cancelled', async () => {
  const controller = new AbortController();
  const failure = runGit(slow, { cwd: scratchFolder(), signal: controller.signal });
  controller.abort();
  await expect(failure).rejects.toMatchObject({ code: 'cancelled' });
  const late = runGit(['version'], { cwd: scratchFolder(), signal: controller.signal });
  await expect(late).rejects.toMatchObject({ code: 'cancelled' });
});

test('output has a bound', async () => {
  const failure = runGit(['help', '-a'], { cwd: scratchFolder(), maxOutputBytes: 100 });
  await expect(failure).rejects.toMatchObject({ code: 'git-failed', message: 'git help gave more than 100 bytes' });
});

test('a mistake in what reads the output is not taken for one of git', async () => {
  const onOutput = () => {
    throw new TypeError('mistake');
  };
  await expect(runGit(['version'], { cwd: scratchFolder(), onOutput })).rejects.toBeInstanceOf(TypeError);
});

test('a folder that is not there is named', async () => {
  await expect(runGit(['version'], { cwd: '/nonexistent/folder' })).rejects.toMatchObject({
    code: 'no-repository',
    message: expect.stringContaining('/nonexistent/folder'),
  });
});

test('large objects come whole, whatever the pieces they arrive in', async () => {
  const repo = scratchRepository();
  const large = Buffer.alloc(3_000_001, 'abcdefg\n');
  repo.commit({ large, empty: '', small: 'x' });
  const store = createObjectStore(join(repo.path, '.git'));
  const oids = ['large', 'empty', 'small'].map((path) => repo.git('rev-parse', `HEAD:${path}`));
  const absent = 'ab'.repeat(20);
  const objects = await store.read([...oids, absent, ...oids]);
  expect(objects.size).toBe(3);
  expect(Buffer.from(objects.get(oids[0] ?? '') ?? []).equals(large)).toBe(true);
  expect(objects.get(oids[1] ?? '')).toHaveLength(0);
  expect(await store.sizes([...oids, absent])).toEqual(new Map(oids.map((oid, at) => [oid, [3_000_001, 0, 1][at]])));
});
