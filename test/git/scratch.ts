/** A folder for one test, and repositories in it that ordinary git makes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { GIT_ENVIRONMENT } from '#test/support/fake-github/git-environment.ts';

export interface ScratchRepository {
  readonly path: string;
  git(...args: string[]): string;
  write(path: string, content: string | Uint8Array): void;
  /** Writes the files and commits everything; gives the commit's id. */
  commit(files: Readonly<Record<string, string | Uint8Array>>): string;
}

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-git-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

export function scratchRepository(name = 'repo', folder = scratchFolder()): ScratchRepository {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: path,
      env: GIT_ENVIRONMENT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (file: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  };
  git('init', '--quiet', '--initial-branch=main', '--template=');
  return {
    path,
    git,
    write,
    commit(files) {
      for (const [file, content] of Object.entries(files)) write(file, content);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message=change', '--no-verify');
      return git('rev-parse', 'HEAD');
    },
  };
}
