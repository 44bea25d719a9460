/** The one store: an embedded PostgreSQL in a folder, or a PostgreSQL server; the same SQL on both. */
import { openEmbedded } from './embedded.ts';
import type { Engine } from './engine.ts';
import { type Log, silent } from './log.ts';
import { migrate } from './migrations.ts';
import { openServer } from './server.ts';

export interface Store extends Engine {
  readonly kind: 'embedded' | 'server';
  /** Made anew at each opening, so that what a dead process held can be told from what is held now. */
  readonly session: string;
}

export interface StoreOptions {
  /** A `postgres://` address, or null for the embedded engine. */
  readonly databaseUrl: string | null;
  /** The embedded engine's folder, made when missing; `:memory:` keeps nothing. */
  readonly dataDir: string;
  readonly log?: Log;
}

/**
 * Opens the store and brings its tables up to date.
 * @throws AppError `store-locked` (another process has the folder), `store-unavailable`, `invalid-configuration`
 */
export async function openStore({ databaseUrl, dataDir, log = silent }: StoreOptions): Promise<Store> {
  const engine = databaseUrl === null ? await openEmbedded(dataDir, log) : await openServer(databaseUrl, log);
  try {
    await migrate(engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return { ...engine, kind: engine.connection.kind, session: crypto.randomUUID() };
}
