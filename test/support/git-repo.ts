/** A working repository in a temporary folder, for tests of the command line: fixed people and dates, no configuration of the machine. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { GIT_ENVIRONMENT } from '#test/support/fake-github/git-environment.ts';

const run = promisify(execFile);

const FIRST_COMMIT_SECONDS = Date.UTC(2026, 0, 1) / 1000;
const OUTPUT_BYTES = 256 * 1024 * 1024;

/** `null` removes the file. */
export type FileContent =
  | string
  | Uint8Array
  | { readonly executable: string | Uint8Array }
  | { readonly symlink: string }
  | null;

export interface GitRepo {
  readonly path: string;
  /** Writes the files, commits everything, and gives the commit's id. Each commit is a minute later than the one before. */
  commit(files: Readonly<Record<string, FileContent>>, message?: string): Promise<string>;
  /** Writes files without a commit. */
  write(files: Readonly<Record<string, FileContent>>): Promise<void>;
  /** Makes a branch, from here or from a revision, and goes there. */
  branch(name: string, from?: string): Promise<void>;
  /** Runs git and gives what it prints, without the last line end. */
  git(...args: string[]): Promise<string>;
  cleanup(): Promise<void>;
}

export async function createGitRepo(): Promise<GitRepo> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'git-repo-')));
  let commits = 0;

  async function git(...args: string[]): Promise<string> {
    const date = `${FIRST_COMMIT_SECONDS + commits * 60} +0000`;
    const env = { ...GIT_ENVIRONMENT, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const { stdout } = await run('git', args, { cwd: path, env, maxBuffer: OUTPUT_BYTES });
    return stdout.replace(/\n$/, '');
  }

  async function write(files: Readonly<Record<string, FileContent>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) await writeOne(join(path, name), content);
  }

  await git('init', '--quiet', '--template=', '--initial-branch=main');
  await git('config', 'commit.gpgSign', 'false');
  return {
    path,
    git,
    write,
    async commit(files, message = 'Change files') {
      await write(files);
      await git('add', '--all', '--force');
      await git('commit', '--quiet', '--allow-empty', `--message=${message}`);
      commits++;
      return git('rev-parse', 'HEAD');
    },
    async branch(name, from = 'HEAD') {
      await git('switch', '--quiet', '--create', name, from);
    },
    cleanup: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function writeOne(file: string, content: FileContent): Promise<void> {
  await rm(file, { recursive: true, force: true });
  if (content === null) return;
  await mkdir(dirname(file), { recursive: true });
  if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(file, content);
  else if ('symlink' in content) await symlink(content.symlink, file);
  else {
    await writeFile(file, content.executable);
    await chmod(file, 0o755);
  }
}
