/** The files that `assay scan` reads: what a person would call the project's, in the order of their paths. */
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { inWords, isArchiveName } from '#changes/readable.ts';
import { AppError } from '#domain/errors.ts';
import type { Skipped, SkipReason } from '#domain/skipped.ts';
import { listWorkTree } from '#git/local-repository.ts';

/** Folders that hold other people's files, wherever git does not say what is ours. */
const PASSED_OVER = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '__pycache__',
  '.venv',
  'venv',
  '.tox',
  '.mypy_cache',
]);

/** Larger files are reported, not read (bytes); the same bound as in a review. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** A path as it is shown: relative to the working folder, with `/`. */
export interface ScanFile {
  readonly path: string;
  readonly file: string;
}

/** @throws AppError `unreadable-path` for a path that was asked for and is not there. */
export async function listScanFiles(paths: readonly string[]): Promise<{ files: ScanFile[]; skipped: Skipped[] }> {
  const files = new Map<string, ScanFile>();
  const skipped: Skipped[] = [];
  const add = (file: string) => files.set(file, { file, path: shown(file) });
  for (const path of paths) {
    const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
      throw new AppError('unreadable-path', `${path}: ${describe(cause)}`, { cause });
    });
    if (!found.isDirectory()) add(path);
    else for (const file of (await listTracked(path)) ?? (await walk(path, skipped, true))) add(file);
  }
  return { files: [...files.values()], skipped };
}

async function listTracked(folder: string): Promise<string[] | null> {
  const listed = await listWorkTree(folder);
  // A folder that git ignores as a whole was asked for by name, so it is meant.
  return listed === null || listed.length === 0 ? null : listed.map((path) => join(folder, path));
}

async function walk(folder: string, skipped: Skipped[], asked: boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (asked) throw new AppError('unreadable-path', `${folder}: ${describe(cause)}`, { cause });
    skipped.push(skip(shown(folder), 'unreadable', describe(cause)));
    return [];
  });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) files.push(...(await walk(path, skipped, false)));
    else if (!entry.isDirectory()) files.push(path);
  }
  return files;
}

/** What reading a file will take (bytes). */
export async function sizeOfScanFile({ file }: ScanFile): Promise<number> {
  const found = await lstat(file).catch(() => null);
  return found?.isFile() && found.size <= MAX_FILE_BYTES ? found.size : 0;
}

/** The bytes of a file, or why it was not read; null for what is gone, or is a folder (a submodule). */
export async function readScanFile({ path, file }: ScanFile): Promise<Uint8Array | Skipped | null> {
  try {
    const found = await lstat(file);
    if (found.isSymbolicLink()) return skip(path, 'symlink', 'a symbolic link is not followed');
    if (found.isDirectory()) return null;
    if (!found.isFile()) return skip(path, 'unreadable', 'not a regular file');
    if (found.size > MAX_FILE_BYTES)
      return skip(
        path,
        isArchiveName(path) ? 'archive-limit' : 'too-large',
        `${inWords(found.size)}, over the limit of ${inWords(MAX_FILE_BYTES)} for a file`,
      );
    return await readFile(file);
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    if (error.code !== 'ENOENT') return skip(path, 'unreadable', describe(error));
    return file.includes('\ufffd') ? skip(path, 'unreadable', 'its name is not UTF-8') : null;
  }
}

function skip(path: string, reason: SkipReason, detail: string): Skipped {
  return { path, side: 'head', analyzer: null, reason, detail };
}

function shown(file: string): string {
  const path = relative('.', file);
  return (path === '' || path.startsWith('..') ? file : path).split(sep).join('/');
}

function describe(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return 'no such file or folder';
  if (error.code === 'EACCES' || error.code === 'EPERM') return 'permission denied';
  return error.code ?? error.message;
}
