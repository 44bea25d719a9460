/** A scan reads ahead no more than a window, whatever the files of a tree are like. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWindows } from '#commands/scan-windows.ts';
import type { Skipped } from '#domain/skipped.ts';

const MB = 1024 * 1024;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-windows-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function read(sizes: Readonly<Record<string, number>>) {
  const files = Object.keys(sizes).map((path) => ({ path, file: join(folder, path) }));
  for (const { path, file } of files) if (sizes[path]! >= 0) writeFileSync(file, Buffer.alloc(sizes[path]!));
  const skipped: Skipped[] = [];
  const windows: string[][] = [];
  for await (const tasks of readWindows(files, skipped, new Date(0))) windows.push(tasks.map(({ path }) => path));
  return { windows, skipped: skipped.map(({ path, reason }) => `${path}: ${reason}`) };
}

test('files that are large together come in windows of 4 MiB, and in their order', async () => {
  const { windows } = await read({ a: 3 * MB, b: 0.5 * MB, c: 2 * MB, d: 5 * MB, e: 1, f: 4 * MB });
  expect(windows).toEqual([['a', 'b'], ['c'], ['d'], ['e'], ['f']]);
});

test('64 small files are a window', async () => {
  const { windows } = await read(Object.fromEntries(Array.from({ length: 130 }, (_, at) => [`${at}`, 10])));
  expect(windows.map((window) => window.length)).toEqual([64, 64, 2]);
});

test('what cannot be read is told, and what is gone is not', async () => {
  symlinkSync('a', join(folder, 'link'));
  const { windows, skipped } = await read({ a: 1, large: 6 * MB, gone: -1, link: -1 });
  expect(windows).toEqual([['a']]);
  expect(skipped).toEqual(['large: too-large', 'link: symlink']);
});

test('there may be no files', async () => {
  expect((await read({})).windows).toEqual([]);
});
