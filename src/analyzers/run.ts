/** Runs inspections in worker threads with budgets: hostile input may cost its own file the analysis, and nothing else. */
import { Worker } from 'node:worker_threads';
import type { Inspection, InspectionTask } from '#domain/inspection.ts';
import type { RulesReport } from '#domain/rule.ts';
import type { Skipped, SkipReason } from '#domain/skipped.ts';
import { TEAM_RULES_PATH, type TeamRules } from '#domain/team-rules.ts';
import { crashWords } from './crash-words.ts';
import { createRecent } from './recent.ts';
import type { Rulebook } from './rulebook.ts';

/** What one analyzer may take for one file before it is asked to stop (milliseconds). */
export const SOFT_LIMIT_MS = 5_000;
/** What one file may take in all before its thread is ended (milliseconds). */
export const HARD_LIMIT_MS = 15_000;
/** What one review may take in all threads together (milliseconds). */
export const REVIEW_LIMIT_MS = 180_000;
/** Heap of one thread (MiB); a file that needs more ends its thread. */
export const THREAD_HEAP_MB = 1_024;
/** Beside it, room for what is new (MiB). Left alone, V8 takes 128 MiB for each thread, and is no faster for it. */
const THREAD_YOUNG_MB = 24;

/** Teams whose detectors a thread keeps made. */
export const TEAMS_KEPT = 4;

/** A thread takes a third of a second to start: fewer files are done sooner by the threads that there are. */
const FILES_WORTH_A_THREAD = 8;

export interface ThreadData {
  readonly rulebook: Rulebook;
  readonly fingerprintKey: string;
  readonly softLimitMs: number;
  /** For tests: what stands for the vendors' origins; then no other one is asked. */
  readonly origins?: Readonly<Record<string, string>> | undefined;
}
/** Without a task the answer is what became of the team's rules. */
export interface ThreadMessage {
  readonly id: number;
  readonly task: InspectionTask | null;
  /** Null: Assay's own rules. Their text comes along when the thread does not have them among its last few. */
  readonly team: { readonly digest: string; readonly rules: TeamRules | null } | null;
}
export type ThreadReply =
  | { readonly kind: 'ready'; readonly rules: RulesReport }
  | { readonly kind: 'done'; readonly id: number; readonly result: Inspection | RulesReport };

export interface PoolOptions {
  /** The module that a thread runs: it gets ThreadData and answers ThreadMessage with ThreadReply. */
  readonly entry: URL;
  readonly threads: number;
  readonly rulebook: Rulebook;
  readonly fingerprintKey: string;
  readonly softLimitMs?: number;
  readonly hardLimitMs?: number;
  readonly heapMb?: number;
  readonly origins?: Readonly<Record<string, string>> | undefined;
}

export interface InspectionPool {
  /** Resolves to one inspection for each task, in order. Reviews that run at once take turns, file by file. */
  run(tasks: readonly InspectionTask[], options: RunOptions): Promise<Inspection[]>;
  /** What the rulebook holds, as the first thread has read it. */
  describe(): Promise<RulesReport>;
  /** Makes a team's detectors once, in a thread: its expressions may be anybody's. */
  readTeamRules(team: TeamRules): Promise<RulesReport>;
  close(): Promise<void>;
}

export interface RunOptions {
  /** Whose detectors run beside ours. */
  readonly team?: TeamRules | null;
  readonly signal?: AbortSignal;
  /** Milliseconds of thread time; Infinity for no bound. */
  readonly limitMs?: number;
  /** Milliseconds from the start, also while other reviews have the threads; what has not begun by then is left out. */
  readonly waitMs?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

interface Batch {
  readonly tasks: readonly (InspectionTask | null)[];
  readonly results: (Inspection | RulesReport)[];
  readonly options: RunOptions;
  next: number;
  done: number;
  spentMs: number;
  /** When what has not begun will not begin any more. */
  readonly until: number;
  readonly settle: (error?: unknown) => void;
}

export function createInspectionPool(options: PoolOptions): InspectionPool {
  const hardLimitMs = options.hardLimitMs ?? HARD_LIMIT_MS;
  const heapMb = options.heapMb ?? THREAD_HEAP_MB;
  const batches: Batch[] = [];
  const threads = new Set<ReturnType<typeof startThread>>();
  const described = Promise.withResolvers<RulesReport>();
  // Who does not ask need not hear that no thread could start.
  described.promise.catch(() => {});
  let closed = false;

  /** The next file, taken from each waiting review in turn. */
  function take(): { batch: Batch; index: number } | null {
    const batch = batches.shift();
    if (batch === undefined) return null;
    const index = batch.next++;
    if (batch.next < batch.tasks.length) batches.push(batch);
    return { batch, index };
  }

  function finish(batch: Batch, index: number, result: Inspection | RulesReport): void {
    batch.results[index] = result;
    batch.done++;
    batch.options.onProgress?.(batch.done, batch.tasks.length);
    if (batch.done === batch.tasks.length) batch.settle();
  }

  function startThread() {
    const worker = new Worker(options.entry, {
      workerData: {
        rulebook: options.rulebook,
        fingerprintKey: options.fingerprintKey,
        softLimitMs: options.softLimitMs ?? SOFT_LIMIT_MS,
        origins: options.origins,
      } satisfies ThreadData,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: THREAD_YOUNG_MB },
    });
    const teams = createRecent<true>(TEAMS_KEPT);
    let current: { batch: Batch; index: number; started: number; timer: NodeJS.Timeout } | null = null;
    let ready = false;
    let lost: { reason: SkipReason; detail: string } | null = null;

    function work(): void {
      if (!ready || current !== null || closed) return;
      for (let job = take(); job !== null; job = take()) {
        const { batch, index } = job;
        const task = batch.tasks[index]!;
        if (batch.options.signal?.aborted) continue;
        const overdue = performance.now() > batch.until;
        if (overdue || batch.spentMs > (batch.options.limitMs ?? REVIEW_LIMIT_MS)) {
          finish(batch, index, notDone(task, 'time-budget', "the review's time was used up by other files"));
          continue;
        }
        const timer = setTimeout(() => {
          lost = { reason: 'time-budget', detail: `stopped after ${hardLimitMs / 1000} s` };
          void worker.terminate();
        }, hardLimitMs);
        current = { batch, index, started: performance.now(), timer };
        worker.ref();
        worker.postMessage({ id: index, task, team: teamMessage(batch.options.team) } satisfies ThreadMessage);
        return;
      }
      worker.unref();
    }

    function teamMessage(team: TeamRules | null | undefined): ThreadMessage['team'] {
      if (!team) return null;
      const known = teams.get(team.digest) === true;
      if (!known) teams.set(team.digest, true);
      return { digest: team.digest, rules: known ? null : team };
    }

    function release() {
      const job = current;
      current = null;
      if (job === null) return null;
      clearTimeout(job.timer);
      job.batch.spentMs += performance.now() - job.started;
      return job;
    }

    worker.on('message', (reply: ThreadReply) => {
      if (reply.kind === 'ready') {
        ready = true;
        described.resolve(reply.rules);
      } else {
        const job = release();
        if (job !== null) finish(job.batch, job.index, reply.result);
      }
      work();
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      lost ??=
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? { reason: 'crashed', detail: `needed more than ${heapMb} MiB of memory` }
          : { reason: 'crashed', detail: crashWords(error) };
      if (ready) return;
      described.reject(error);
      for (const batch of batches.splice(0)) batch.settle(error);
    });
    worker.on('exit', () => {
      threads.delete(thread);
      const job = release();
      if (!closed && ready) threads.add(startThread());
      if (job === null) return;
      const { reason, detail } = lost ?? { reason: 'crashed' as const, detail: 'the analysis thread ended' };
      finish(job.batch, job.index, notDone(job.batch.tasks[job.index]!, reason, detail));
    });
    const thread = { worker, work };
    return thread;
  }

  function start(tasks: Batch['tasks'], runOptions: RunOptions): Promise<Batch['results']> {
    if (tasks.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const { signal } = runOptions;
      const results: Batch['results'] = [];
      const onAbort = () => batch.settle(signal?.reason);
      const batch: Batch = {
        tasks,
        results,
        options: runOptions,
        next: 0,
        done: 0,
        spentMs: 0,
        until: performance.now() + (runOptions.waitMs ?? Number.POSITIVE_INFINITY),
        settle(error) {
          signal?.removeEventListener('abort', onAbort);
          if (error === undefined) resolve(results);
          else reject(error as Error);
        },
      };
      if (signal?.aborted) return onAbort();
      signal?.addEventListener('abort', onAbort, { once: true });
      batches.push(batch);
      const waiting = batches.reduce((sum, { tasks, next }) => sum + tasks.length - next, 0);
      const useful = Math.min(options.threads, Math.ceil(waiting / FILES_WORTH_A_THREAD));
      while (threads.size < useful) threads.add(startThread());
      for (const thread of threads) thread.work();
    });
  }

  return {
    run: (tasks, runOptions) => start(tasks, runOptions) as Promise<Inspection[]>,
    describe() {
      if (threads.size === 0) threads.add(startThread());
      return described.promise;
    },
    async readTeamRules(team) {
      const [report] = await start([null], { team });
      return report as RulesReport;
    },
    async close() {
      closed = true;
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

function notDone(task: InspectionTask | null, reason: SkipReason, detail: string): Inspection | RulesReport {
  if (task === null) {
    const place = { path: TEAM_RULES_PATH, line: 1, column: 1, ruleId: null };
    return { rules: [], problems: [{ ...place, kind: 'invalid', message: `the rules cannot be used: ${detail}` }] };
  }
  const skipped: Skipped = { path: task.path, side: task.side, analyzer: null, reason, detail };
  return { findings: [], suppressions: [], skipped: [skipped], analysed: false };
}
