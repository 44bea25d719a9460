/** Keeps a second process out of the embedded store's folder, where it would lose rows of the first one. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#domain/errors.ts';

export interface FolderLock {
  release(): void;
}

/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Takes the lock of the operating system on `lock.db`. It ends with the process, however that ends: a file with a
 * process id would outlive kill -9, and in a container every process has the id 1.
 */
export function lockFolder(folder: string): FolderLock {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unusable(folder, error);
  }
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw unusable(folder, error);
    throw new AppError(
      'store-locked',
      `another process is using the data folder ${folder}: stop it, choose another folder, or set DATABASE_URL to share a PostgreSQL server`,
      { cause: error },
    );
  }
  const held = database;
  return { release: () => held.close() };
}

function unusable(folder: string, cause: unknown): AppError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AppError('store-unavailable', `the data folder ${folder} cannot be used: ${reason}`, { cause });
}
