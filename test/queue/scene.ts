/** A queue, workers whose handlers a test scripts, and a record of what those were asked to do. */
import { vi } from 'vitest';
import { createQueue, type Queue } from '#queue/queue.ts';
import type { Handlers, Outcome, ReviewJob } from '#queue/review-job.ts';
import { createWorker, type Worker, type WorkerOptions } from '#queue/worker.ts';
import type { Store } from '#store/store.ts';

export interface Scene {
  readonly queue: Queue;
  /** The heads that a review was begun for, as their first digit, with the attempt: `a1`. */
  readonly begun: string[];
  /** What was told about reviews that were not made. */
  readonly told: { head: string; checkRunId: number | null; outcome: Outcome }[];
  readonly logged: object[];
  /** Starts a worker; its handlers succeed at once unless they are given. */
  work(handlers?: Partial<Handlers>, options?: Partial<WorkerOptions> & { on?: Queue }): Promise<Worker>;
  /** Resolves when no review has anything left to do. */
  idle(): Promise<void>;
  /** What the store says of a head. */
  stateOf(head: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** What the cases play on: one store for all, a fresh scene for each. */
export interface Stage {
  store: Store;
  scene: Scene;
}

export const SUCCESS = { policy: 'policy-1', conclusion: 'success' };

export async function openScene(store: Store): Promise<Scene> {
  await store.query('TRUNCATE assay.review, assay.stream');
  const queue = await createQueue(store);
  await store.query('DELETE FROM pgboss.job');
  const begun: string[] = [];
  const told: Scene['told'] = [];
  const logged: object[] = [];
  const workers: Worker[] = [];
  const log = (fields: object) => logged.push(fields);
  return {
    queue,
    begun,
    told,
    logged,
    async work(
      { review = async () => SUCCESS, conclude = async () => {} } = {},
      { on = queue, limits, ...options } = {},
    ) {
      const worker = createWorker(on, {
        log: { info: log, warn: log, error: log },
        timing: { pollMs: 50, watchMs: 50, graceMs: 100 },
        limits: { backoff: { baseMs: 2, capMs: 8 }, ...limits },
        handlers: {
          review(job) {
            begun.push(`${job.request.head[0]}${job.attempt}`);
            return review(job);
          },
          async conclude(job, outcome) {
            await conclude(job, outcome);
            told.push({ head: job.request.head[0]!, checkRunId: job.checkRunId, outcome });
          },
        },
        ...options,
      });
      workers.push(worker);
      await worker.start();
      return worker;
    },
    idle: () =>
      until(async () => {
        const open = await store.query('SELECT key FROM assay.review WHERE ticket IS NOT NULL');
        return open.length === 0;
      }),
    async stateOf(head) {
      const [row] = await store.query<{ state: string }>(
        'SELECT state FROM assay.review WHERE head = $1 ORDER BY arrival DESC',
        [head],
      );
      return row?.state;
    },
    async close() {
      for (const worker of workers) await worker.stop({ timeoutMs: 0 });
      await queue.close();
    },
  };
}

export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await check())) throw new Error(`never came true: ${check}`);
    },
    { timeout: 25_000, interval: 5 },
  );
}

/** Rejects with the reason when the job is aborted: what a handler does that passes its signal on. */
export function aborted({ signal }: ReviewJob): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}
