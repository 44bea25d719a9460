import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createQueue } from '#queue/queue.ts';
import type { Store } from '#store/store.ts';
import { openStore } from '#store/store.ts';
import { queueContract } from '#test/queue/contract.ts';
import { request, sha } from '#test/queue/requests.ts';
import { openScene, SUCCESS, until } from '#test/queue/scene.ts';
import { type PostgresServer, startPostgres } from './server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = async (databaseUrl: string) => openStore({ databaseUrl, dataDir: '' });

describe('queue on a PostgreSQL server', () => {
  queueContract(async () => open(await server.createDatabase()));

  it('lets several processes start at once on an empty database', async () => {
    const url = await server.createDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(url)));
    const queues = await Promise.all(stores.map((store) => createQueue(store)));
    const answers = await Promise.all(queues.map((queue) => queue.accept(request())));
    expect(answers.toSorted()).toEqual(['accepted', 'duplicate', 'duplicate', 'duplicate']);
    await Promise.all(queues.map((queue) => queue.close()));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('gives the review of a killed process to another one soon, and leaves long reviews alone', async () => {
    const { store, scene } = await openAll();
    await scene.queue.accept(request());
    const child = spawn(process.execPath, [`${import.meta.dirname}/stuck-worker.fixture.ts`, urlOf(store)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');

    let release = () => {};
    await scene.work({
      review: async ({ request }) => {
        if (request.pull === 8) await new Promise<void>((resolve) => (release = resolve));
        return SUCCESS;
      },
    });
    await scene.queue.accept(request({ pull: 8, stream: 'pull/8', head: sha('b') }));
    await until(() => scene.begun.length === 1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    // The heartbeat of the killed process has to be missed for ten seconds; the long review is kept for all of them.
    await until(() => scene.begun.length > 1);
    release();
    await scene.idle();
    expect(scene.begun).toEqual(['b1', 'a2']);
  });

  it('goes on when the server has dropped all connections', async () => {
    const { store, scene } = await openAll();
    await scene.work();
    const other = await open(urlOf(store));
    await other.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await other.close();
    await scene.queue.accept(request());
    await scene.idle();
    expect(scene.begun).toEqual(['a1']);
  });
});

async function openAll() {
  const store = await open(await server.createDatabase());
  const scene = await openScene(store);
  onTestFinished(async () => {
    await scene.close();
    await store.close();
  });
  return { store, scene };
}

function urlOf({ connection }: Store): string {
  if (connection.kind !== 'server') throw new Error('not a server');
  return connection.url;
}
