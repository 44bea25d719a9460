/** A process that begins one review and never ends it: `node stuck-worker.fixture.ts DATABASE_URL`. */
import { createQueue } from '#queue/queue.ts';
import { createWorker } from '#queue/worker.ts';
import { openStore } from '#store/store.ts';

const store = await openStore({ databaseUrl: process.argv[2]!, dataDir: '' });
const worker = createWorker(await createQueue(store), {
  concurrency: 1,
  handlers: {
    review(job) {
      console.log(job.key);
      return new Promise(() => {});
    },
    conclude: async () => {},
  },
});
await worker.start();
