/** The embedded engine: PostgreSQL in WASM (PGlite) in a folder that this process alone uses. */
import { join } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { AppError } from '#domain/errors.ts';
import type { Engine } from './engine.ts';
import { lockFolder } from './folder-lock.ts';
import type { Log } from './log.ts';

const HOUR_MS = 3_600_000;

/** The server's driver hands these out as text, and numbers for int8 (server.ts): the same here. */
const parsers = { [types.INT8]: Number, [types.DATE]: String, [types.INTERVAL]: String, [types.NUMERIC]: String };

export async function openEmbedded(dataDir: string, log: Log): Promise<Engine> {
  const inMemory = dataDir === ':memory:';
  const lock = inMemory ? null : lockFolder(dataDir);
  let client: PGlite;
  try {
    client = await PGlite.create({ parsers, ...(inMemory ? {} : { dataDir: join(dataDir, 'postgres') }) });
  } catch (error) {
    lock?.release();
    throw new AppError('store-unavailable', `the embedded database in ${dataDir} does not open: ${String(error)}`, {
      cause: error,
    });
  }
  if (!inMemory) {
    log.info({ dataDir }, 'embedded store: for one process; survives a crash of the process, not a loss of power');
  }

  const vacuum = async () => {
    await client.exec('VACUUM (ANALYZE)');
  };
  // PGlite has no autovacuum: without this the queue's tables grow for ever.
  const housekeeping = setInterval(() => {
    vacuum().catch((error: unknown) => log.warn({ error: String(error) }, 'vacuum failed'));
  }, HOUR_MS).unref();

  return {
    connection: { kind: 'embedded', client },
    query: async <T extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<T>(sql, [...values])).rows,
    transaction: (run) =>
      client.transaction((tx) =>
        run({
          query: async <T extends object>(sql: string, values: readonly unknown[] = []) =>
            (await tx.query<T>(sql, [...values])).rows,
        }),
      ),
    vacuum,
    close: async () => {
      clearInterval(housekeeping);
      await client.close();
      lock?.release();
    },
  };
}
