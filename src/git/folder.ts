/** The disk side of clones: how large a folder is, what a killed git left behind, and how a folder goes away. */
import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files below `folder`; a file that vanishes meanwhile counts nothing, and so does a missing folder. */
export async function folderBytes(folder: string): Promise<number> {
  const sizes = await Promise.all((await filesBelow(folder)).map(bytesOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Name to bytes of the packs of a clone, with their indexes and with what is being received. */
export async function packFiles(gitDir: string): Promise<Map<string, number>> {
  const entries = await filesBelow(join(gitDir, 'objects', 'pack'));
  return new Map(await Promise.all(entries.map(async (entry) => [entry.name, await bytesOf(entry)] as const)));
}

/** `files` as `packFiles` gives them. */
export async function removePackFiles(gitDir: string, files: Iterable<[string, number]>): Promise<void> {
  await Promise.all([...files].map(([name]) => rm(join(gitDir, 'objects', 'pack', name), { force: true })));
}

/** Locks and half-written objects: nobody else writes into the folder, so whoever made them is gone. */
export async function removeLeftovers(gitDir: string): Promise<void> {
  const entries = await readdirOrEmpty(gitDir);
  const locks = entries.filter((entry) => entry.name.endsWith('.lock')).map((entry) => join(gitDir, entry.name));
  const objects = (await readdirOrEmpty(join(gitDir, 'objects'))).filter((entry) => entry.name.startsWith('tmp_'));
  const packs = (await readdirOrEmpty(join(gitDir, 'objects', 'pack'))).filter((entry) =>
    /^tmp_|\.keep$/.test(entry.name),
  );
  const halves = [...objects, ...packs].map((entry) => join(entry.parentPath, entry.name));
  await Promise.all([...locks, ...halves].map((path) => rm(path, { recursive: true, force: true })));
}

/** Removes a folder so that a crash in the middle leaves either the whole folder or rubbish with another name. */
export async function discard(folder: string): Promise<void> {
  const rubbish = `${folder}.${randomUUID()}${RUBBISH}`;
  try {
    await rename(folder, rubbish);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  await rm(rubbish, { recursive: true, force: true });
}

/** The end of the name of a folder that may be removed at any time. */
export const RUBBISH = '.rubbish';

async function filesBelow(folder: string) {
  try {
    return (await readdir(folder, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
  } catch {
    return [];
  }
}

async function readdirOrEmpty(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function bytesOf(entry: Dirent): Promise<number> {
  return (await stat(join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
}
