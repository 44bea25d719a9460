/** The server engine: a pool of connections to the PostgreSQL that DATABASE_URL names. */
import pg from 'pg';
import { AppError } from '#domain/errors.ts';
import type { Engine, Sql } from './engine.ts';
import type { Log } from './log.ts';

const POOL = { max: 10, connectionTimeoutMillis: 5_000, idleTimeoutMillis: 30_000, keepAlive: true } as const;

/** int8 as number; date and interval as the server writes them: the same as embedded.ts. */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.DATE, String],
  [pg.types.builtins.INTERVAL, String],
]);
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

export async function openServer(databaseUrl: string, log: Log): Promise<Engine> {
  const place = describe(databaseUrl);
  const unavailable = (error: unknown) =>
    new AppError('store-unavailable', `the database ${place} does not answer: ${reason(error)}`, {
      retry: { afterMs: null },
      cause: error,
    });

  const pool = new pg.Pool({ ...POOL, connectionString: databaseUrl, application_name: 'assay', types });
  pool.on('error', (error) => log.warn({ place, error: reason(error) }, 'lost an idle database connection'));
  // A connection that drops while it is in use also emits, and without a listener that ends the process; the query
  // that was running rejects by itself.
  pool.on('connect', (client) => client.on('error', () => {}));

  const connect = () =>
    pool.connect().catch((error: unknown) => {
      throw unavailable(error);
    });
  const on = (client: pg.PoolClient): Sql => ({
    query: async <T extends object>(sql: string, values: readonly unknown[] = []) => {
      try {
        return (await client.query<T>(sql, [...values])).rows;
      } catch (error) {
        throw isOutage(error) ? unavailable(error) : error;
      }
    },
  });
  const use = async <T>(client: pg.PoolClient, run: (sql: Sql) => Promise<T>): Promise<T> => {
    let broken = true;
    try {
      const result = await run(on(client));
      broken = false;
      return result;
    } catch (error) {
      broken = error instanceof AppError && error.code === 'store-unavailable';
      throw error;
    } finally {
      client.release(broken);
    }
  };
  /** Of the pool's idle connections some may have been dropped by the server: it shows here, where nothing is lost yet. */
  const begin = async (): Promise<pg.PoolClient> => {
    for (let left: number = POOL.max; ; left--) {
      const client = await connect();
      try {
        await on(client).query('BEGIN');
        return client;
      } catch (error) {
        client.release(true);
        if (left === 0) throw error;
      }
    }
  };

  try {
    await use(await connect(), (sql) => sql.query('SELECT 1'));
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    connection: { kind: 'server', url: databaseUrl },
    query: async (sql, values) => use(await connect(), (client) => client.query(sql, values)),
    transaction: async (run) =>
      use(await begin(), async (tx) => {
        try {
          const result = await run(tx);
          await tx.query('COMMIT');
          return result;
        } catch (error) {
          // When the connection is gone the server has rolled back by itself, and the first error is the one to tell.
          await tx.query('ROLLBACK').catch(() => {});
          throw error;
        }
      }),
    // The server has its own autovacuum.
    vacuum: async () => {},
    close: () => pool.end(),
  };
}

/** `host:port/database`: what a person needs, without the user's name and password. */
function describe(databaseUrl: string): string {
  let parsed: pg.Client;
  try {
    if (!/^postgres(ql)?:\/\//.test(databaseUrl)) throw new TypeError('not a PostgreSQL address');
    parsed = new pg.Client({ connectionString: databaseUrl });
  } catch {
    // The parser's own error holds the address, and so the password.
    throw new AppError(
      'invalid-configuration',
      'DATABASE_URL is not a valid address: write postgres://user:password@host:port/database',
    );
  }
  return `${parsed.host}:${parsed.port}/${parsed.database ?? ''}`;
}

/** Connection exceptions, shutdowns and exhausted resources: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|53|57P)/.test(error.code ?? '');
  return !(error instanceof TypeError);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (error as NodeJS.ErrnoException).code || error.name;
}
