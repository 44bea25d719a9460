/** The worker thread's entry: makes the analyzers once, then inspects one file after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { createAnalyzers } from '#analyzers/registry.ts';
import type { ThreadData, ThreadMessage, ThreadReply } from '#analyzers/run.ts';
import { inspect } from './inspect.ts';

const { rulebook, fingerprintKey, softLimitMs } = workerData as ThreadData;
const analyzers = await createAnalyzers(rulebook, fingerprintKey);
const port = parentPort!;

port.on('message', ({ id, task }: ThreadMessage) => {
  const inspection = inspect(task, analyzers, softLimitMs);
  port.postMessage({ kind: 'done', id, inspection } satisfies ThreadReply);
});
port.postMessage({ kind: 'ready' } satisfies ThreadReply);
