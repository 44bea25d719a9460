/** Runs one git process: hardened, without a shell, bounded in time and output, and ended as a group. */
import { spawn } from 'node:child_process';
import { AppError } from '#domain/errors.ts';
import { gitFailure } from './git-failure.ts';
import { hardenedArguments, hardenedEnvironment, type Transport } from './hardening.ts';

export interface GitOptions {
  readonly cwd: string;
  /** Added to an environment that holds nothing of ours; secrets go here, never into `args`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly transport?: Transport;
  readonly input?: string;
  /** Called for each piece of standard output, which is then neither kept nor counted. */
  readonly onOutput?: (chunk: Buffer) => void;
  readonly maxOutputBytes?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Exit codes that are answers and not failures; 0 always is. */
  readonly answers?: readonly number[];
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
}

const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_OUTPUT_BYTES = 256 * 1024 * 1024;
const KEPT_ERROR_BYTES = 16 * 1024;

/** Throws AppError `git-failed`, `unknown-revision`, `github-not-found`, `no-repository` (git or the folder is missing) or `cancelled`. */
export function runGit(args: readonly string[], options: GitOptions): Promise<GitResult> {
  const { transport = 'none', timeoutMs = DEFAULT_TIMEOUT_MS, maxOutputBytes = DEFAULT_OUTPUT_BYTES, signal } = options;
  const command = args[0] ?? '';
  const { promise, resolve, reject } = Promise.withResolvers<GitResult>();
  if (signal?.aborted) return Promise.reject(cancelled(command));

  const child = spawn('git', [...hardenedArguments(transport), ...args], {
    cwd: options.cwd,
    env: { ...hardenedEnvironment(transport), ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: a fetch is several processes, and ending only the first would leave the download running.
    detached: true,
  });
  let stopped: Error | null = null;
  const stop = (reason: Error) => {
    stopped ??= reason;
    endGroup(child.pid);
  };

  const kept: Buffer[] = [];
  let keptBytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    if (stopped) return;
    if (options.onOutput) return consume(options.onOutput, chunk, stop);
    keptBytes += chunk.length;
    if (keptBytes > maxOutputBytes)
      stop(new AppError('git-failed', `git ${command} gave more than ${maxOutputBytes} bytes`));
    else kept.push(chunk);
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('latin1')).slice(-KEPT_ERROR_BYTES);
  });
  // git may end before it has read everything; how it ended says more than the broken pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');

  const timer = setTimeout(() => {
    const message = `git ${command} took longer than ${Math.round(timeoutMs / 1000)} s`;
    stop(new AppError('git-failed', message, { retry: { afterMs: null } }));
  }, timeoutMs);
  const onAbort = () => stop(cancelled(command));
  signal?.addEventListener('abort', onAbort, { once: true });
  const settle = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };

  child.on('error', (cause) => {
    settle();
    reject(
      new AppError(
        'no-repository',
        `git could not be started in ${options.cwd}: is it installed, and is this a folder?`,
        { cause },
      ),
    );
  });
  child.on('close', (code) => {
    settle();
    if (stopped) reject(stopped);
    else if (code === 0 || (code !== null && options.answers?.includes(code))) {
      resolve({ code, stdout: Buffer.concat(kept) });
    } else reject(gitFailure(command, stderr));
  });
  return promise;
}

function consume(onOutput: (chunk: Buffer) => void, chunk: Buffer, stop: (reason: Error) => void): void {
  try {
    onOutput(chunk);
  } catch (error) {
    stop(error as Error);
  }
}

function cancelled(command: string): AppError {
  return new AppError('cancelled', `git ${command} was cancelled`);
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
