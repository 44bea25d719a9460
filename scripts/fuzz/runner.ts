/** Runs cases in a thread with a bounded heap, and says what is wrong with an answer: too late, thrown, out of memory. */
import { Worker } from 'node:worker_threads';
import type { Answer, Case } from './case.ts';

/** MiB; what a thread of a review has. */
const HEAP_MB = 1_024;
/** What an analysis may take beyond its budget (milliseconds). */
const GRACE_MS = 1_000;
/** What a rule file may take to load (milliseconds). */
const LOAD_LIMIT_MS = 5_000;
/** After this the thread is ended (milliseconds). */
const HARD_LIMIT_MS = 60_000;

export interface Outcome {
  readonly answer: Answer;
  /** Null where all is well. */
  readonly wrong: string | null;
}

export interface Runner {
  run(asked: Case): Promise<Outcome>;
  close(): Promise<void>;
}

export function createRunner(): Runner {
  let worker: Worker | null = null;

  function ask(asked: Case): Promise<Answer> {
    worker ??= new Worker(new URL('./thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const running = worker;
    return new Promise((resolve) => {
      const onMessage = (answer: Answer) => settle(answer);
      const onError = (error: unknown) => lose((error as Error).message);
      const timer = setTimeout(() => lose(`ended after ${HARD_LIMIT_MS / 1_000} s`), HARD_LIMIT_MS);
      running.on('message', onMessage).on('error', onError);
      running.postMessage(asked);

      function settle(answer: Answer): void {
        clearTimeout(timer);
        running.off('message', onMessage).off('error', onError);
        resolve(answer);
      }

      function lose(message: string): void {
        worker = null;
        settle({ kind: 'failed', message });
        running.on('error', () => {});
        void running.terminate();
      }
    });
  }

  return {
    async run(asked) {
      const answer = await ask(asked);
      return { answer, wrong: judge(asked, answer) };
    },
    async close() {
      await worker?.terminate();
    },
  };
}

function judge({ budgetMs }: Case, answer: Answer): string | null {
  if (answer.kind === 'failed') return answer.message;
  const { loadMs, analyzeMs, said } = answer;
  if (loadMs > LOAD_LIMIT_MS) return `the rules took ${Math.round(loadMs)} ms to load`;
  if (analyzeMs > budgetMs + GRACE_MS) return `the analysis took ${Math.round(analyzeMs)} ms of ${budgetMs}`;
  // What was done just as the time ended is whole, and has nothing to say.
  if (analyzeMs > budgetMs + GRACE_MS / 2 && said.length === 0)
    return 'the analysis ran out of time and does not say so';
  return null;
}
