/** A stand-in for the analysis thread: the file's path says how it behaves. */
import { parentPort, threadId } from 'node:worker_threads';
import type { ThreadMessage, ThreadReply } from '#analyzers/run.ts';

const port = parentPort!;

port.on('message', ({ id, task }: ThreadMessage) => {
  if (task === null) throw new Error('these rules are a trap');
  if (task.path === 'hang') for (;;);
  if (task.path === 'throw') throw new Error('a parser gave up');
  if (task.path === 'exit') process.exit(7);
  if (task.path === 'memory') {
    const hoard: unknown[] = [];
    for (;;) hoard.push(new Array(100_000).fill(hoard.length));
  }
  const finding = { ruleId: `thread-${threadId}`, excerpt: task.path };
  const inspection = { findings: [finding], suppressions: [], skipped: [], analysed: true };
  port.postMessage({ kind: 'done', id, result: inspection } as unknown as ThreadReply);
});
port.postMessage({ kind: 'ready', rules: { rules: [], problems: [] } } satisfies ThreadReply);
