/**
 * A process to be killed: `node kill.fixture.ts DATA_DIR FIRST COUNT STUCK`. It accepts COUNT reviews from number FIRST on
 * while it works on what is there, and prints `accepted KEY`; when all is done, `idle`. The review of number STUCK never
 * ends: it prints `stuck KEY`.
 */
import { writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { reviewKey } from '#domain/review-request.ts';
import { createQueue } from '#queue/queue.ts';
import { createWorker } from '#queue/worker.ts';
import { openStore } from '#store/store.ts';
import { request } from './requests.ts';

const [dataDir, first, count, stuck] = process.argv.slice(2);
// Straight to the pipe: what was buffered would be lost with the process.
const say = (line: string) => writeSync(1, `${line}\n`);

const store = await openStore({ databaseUrl: null, dataDir: dataDir! });
const queue = await createQueue(store);
const worker = createWorker(queue, {
  handlers: {
    async review(job) {
      if (job.checkRunId === null) await job.saveCheckRun(job.request.pull!);
      if (job.request.pull === Number(stuck)) {
        say(`stuck ${job.key}`);
        await new Promise(() => {});
      }
      for (let i = 0; i < 20; i++) await turn();
      return { policy: 'p', conclusion: 'success' };
    },
    async conclude() {
      throw new Error('no review of this test is given up');
    },
  },
});
say('open');
await worker.start();
for (let pull = Number(first); pull < Number(first) + Number(count); pull++) {
  const asked = request({ pull, stream: `pull/${pull}` });
  await queue.accept(asked);
  say(`accepted ${reviewKey(asked)}`);
}
for (;;) {
  const open = await store.query('SELECT key FROM assay.review WHERE ticket IS NOT NULL');
  if (open.length === 0) break;
  await turn();
}
await worker.stop({ timeoutMs: 1_000 });
await queue.close();
await store.close();
say('idle');
