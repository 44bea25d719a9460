/** Runs git: once, or as a process that stays and answers one question after the other. */
import { spawn } from 'node:child_process';
import { GIT_ENVIRONMENT } from './git-environment.ts';

export interface GitInput {
  readonly stdin?: Iterable<string | Uint8Array>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Gives standard output; rejects with what git said when it fails. */
export async function runGit(args: readonly string[], input: GitInput = {}): Promise<Buffer> {
  const child = spawn('git', args, { env: { ...GIT_ENVIRONMENT, ...input.env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // git may end before it has read everything; its exit code tells why.
  child.stdin.on('error', () => {});
  for (const chunk of input.stdin ?? []) child.stdin.write(chunk);
  child.stdin.end();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`git ${args.join(' ')}: exit ${code}: ${Buffer.concat(err).toString().trim()}`);
  return Buffer.concat(out);
}

export interface StayingGit {
  write(text: string): void;
  close(): Promise<void>;
}

export interface Listener {
  data(chunk: Buffer): void;
  /** The process is gone, and whoever waits for an answer will get none. */
  gone(error: Error): void;
}

/** Starts `git args` with the first write and keeps it until `close`. */
export function stayingGit(args: readonly string[], listener: Listener): StayingGit {
  let child: ReturnType<typeof start> | null = null;

  function start() {
    const git = spawn('git', args, { env: GIT_ENVIRONMENT, stdio: ['pipe', 'pipe', 'ignore'] });
    git.stdout.on('data', (chunk: Buffer) => listener.data(chunk));
    git.stdin.on('error', listener.gone);
    git.once('error', listener.gone);
    git.once('close', (code) => listener.gone(new Error(`git ${args.join(' ')} ended with ${code}`)));
    return git;
  }

  return {
    write(text) {
      child ??= start();
      child.stdin.write(text);
    },
    async close() {
      const git = child;
      if (git === null || git.exitCode !== null || git.signalCode !== null) return;
      const closed = new Promise<void>((resolve) => git.once('close', () => resolve()));
      git.kill();
      await closed;
    },
  };
}
