import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '#store/store.ts';
import { storeContract } from '#test/store/contract.ts';
import { type PostgresServer, startPostgres } from './server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = async (databaseUrl: string) => openStore({ databaseUrl, dataDir: '' });

describe('PostgreSQL server', () => {
  storeContract(async () => open(await server.createDatabase()));

  it('lets several processes start at once on an empty database', async () => {
    const url = await server.createDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => open(url)));
    expect(await stores[0]!.query('SELECT step FROM assay.migration')).toEqual([{ step: 1 }]);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('survives that the server drops its connections', async () => {
    const url = await server.createDatabase();
    const store = await open(url);
    const other = await open(url);
    const busy = store.transaction(async (tx) => {
      const [self] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await other.query('SELECT pg_terminate_backend($1)', [self!.pid]);
      await tx.query('SELECT 1');
    });
    await expect(busy).rejects.toMatchObject({ code: 'store-unavailable', retry: { afterMs: null } });
    expect(await store.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await Promise.all([store.close(), other.close()]);
  });

  it('names the place and the reason, and never the password', async () => {
    const url = new URL(await server.createDatabase());
    const wrong = (change: (url: URL) => void) => {
      const copy = new URL(url);
      change(copy);
      return open(copy.href).then(
        () => 'opened',
        (error) => `${error.code}: ${error.message}`,
      );
    };
    const place = `the database 127.0.0.1:${url.port}`;
    expect(await wrong((copy) => (copy.pathname = '/nowhere'))).toBe(
      `store-unavailable: ${place}/nowhere does not answer: database "nowhere" does not exist`,
    );
    expect(await wrong((copy) => (copy.password = 'hunter2'))).toBe(
      `store-unavailable: ${place}${url.pathname} does not answer: password authentication failed for user "postgres"`,
    );
    expect(await wrong((copy) => (copy.port = '1'))).toBe(
      `store-unavailable: the database 127.0.0.1:1${url.pathname} does not answer: connect ECONNREFUSED 127.0.0.1:1`,
    );
  });

  it.each(['mysql://u:hunter2@host/db', 'postgres://u:hunter2@host:port/db', 'hunter2'])('refuses %s', async (url) => {
    const error = await open(url).catch((error: Error) => error);
    expect(error).toMatchObject({ code: 'invalid-configuration' });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
  });
});
