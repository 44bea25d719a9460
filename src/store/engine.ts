/** What both engines of the store give: SQL, transactions, and what the queue builds its own connection on. */
import type { PGlite } from '@electric-sql/pglite';

/** Parameters are `$1`, `$2` …; a value for `jsonb` is passed as JSON text. int8 comes back as number, timestamptz as Date. */
export interface Sql {
  query<T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]>;
}

/** What the queue builds its own connection on: pg-boss brings a pool for a server and an adapter for PGlite. */
export type Connection =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'embedded'; readonly client: PGlite };

export interface Engine extends Sql {
  readonly connection: Connection;
  /**
   * Commits when `run` resolves, rolls back when it throws. Inside, use `tx` only: the embedded engine has one
   * connection, and a query beside the transaction would wait for its end.
   */
  transaction<T>(run: (tx: Sql) => Promise<T>): Promise<T>;
  vacuum(): Promise<void>;
  close(): Promise<void>;
}
