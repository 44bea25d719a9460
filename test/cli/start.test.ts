/** What Node keeps of compiled code makes the next start quick, and can spoil none. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '#test/support/run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-start-'));
  await writeFile(join(folder, 'train.py'), 'x = eval(y)\n');
});
afterAll(() => rm(folder, { recursive: true }));

const scan = (kept: string) => runCli(['scan', 'train.py'], { cwd: folder, env: { NODE_COMPILE_CACHE: kept } });

it('a folder of compiled code that is broken, or cannot be made, changes nothing', { timeout: 120_000 }, async () => {
  const kept = join(folder, 'kept');
  const first = await scan(kept);
  expect(first).toMatchObject({ code: 1, stderr: '' });
  expect(first.stdout).toContain('eval-exec-dynamic');
  const entries = await readdir(kept, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(100);
  for (const file of files) await writeFile(file, 'not what was written here');
  expect(await scan(kept)).toEqual(first);
  const nowhere = { NODE_COMPILE_CACHE: join(folder, 'train.py', 'kept') };
  expect(await runCli(['--version'], { cwd: folder, env: nowhere })).toMatchObject({ code: 0, stderr: '' });
});
