/** The queue's jobs (pg-boss), one for each review that has something left to do; what that is stands in the review's row. */
import { type ConnectionOptions, fromPglite, type Job, PgBoss } from 'pg-boss';
import type { Sql } from '#store/engine.ts';
import type { Log } from '#store/log.ts';
import type { Store } from '#store/store.ts';

const QUEUE = 'review';
const CHANNEL = 'assay_review';

/**
 * A worker that died is noticed after HEARTBEAT_S (10 is the least that pg-boss takes) and one supervision. EXPIRE_S
 * bounds a handler that lives and hangs. Attempts are counted in the row, so pg-boss must never be the one to give up.
 */
const HEARTBEAT_S = 10;
const SUPERVISION_S = 5;
const EXPIRE_S = 1_800;
const REDELIVERIES = 1_000_000;

export interface Ticket {
  readonly id: string;
  readonly key: string;
  /** pg-boss's delivery count: with the id it names this one claim. */
  readonly retryCount: number;
}

export interface Tickets {
  /** The id of a new ticket for `key`, to be taken after `delayMs`. Nothing of it exists unless `tx` commits. */
  issue(tx: Sql, key: string, delayMs?: number): Promise<string>;
  withdraw(tx: Sql, id: string): Promise<void>;
  /** At most `count` tickets that are due; nobody else gets them while their heartbeats come. */
  take(count: number): Promise<Ticket[]>;
  /** The heartbeat of tickets that are still ours. */
  touch(tickets: readonly Ticket[]): Promise<void>;
  /** Those of `ids` that somebody has or will get. */
  liveAmong(ids: readonly string[]): Promise<Set<string>>;
  /** Tells all processes that the review of `key` was ended from outside, once `tx` commits. */
  announceEnd(tx: Sql, key: string): Promise<void>;
  /** Calls back with the key that ended, or null when a ticket is due (or when something may have been missed). */
  listen(call: (ended: string | null) => void): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

interface Payload {
  readonly key: string;
}

export async function openTickets(store: Store, log: Log): Promise<Tickets> {
  const { connection } = store;
  const boss = new PgBoss({
    ...(connection.kind === 'embedded'
      ? { db: fromPglite(connection.client), backend: 'pglite' as const }
      : { connectionString: connection.url, application_name: 'assay-queue', max: 4 }),
    schedule: false,
    superviseIntervalSeconds: SUPERVISION_S,
    monitorIntervalSeconds: SUPERVISION_S,
  });
  boss.on('error', (error) => log.error({ error: error.message }, 'queue'));
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'queue'));
  await boss.start();
  await boss.createQueue(QUEUE, {
    heartbeatSeconds: HEARTBEAT_S,
    expireInSeconds: EXPIRE_S,
    retryLimit: REDELIVERIES,
    retryDelay: 0,
  });
  // Fills pg-boss's memory of the queue now: it would ask the database in the middle of the first transaction, which
  // on the embedded store waits for that very transaction.
  await boss.findJobs(QUEUE, { id: crypto.randomUUID() });

  const within = (tx: Sql): ConnectionOptions => ({
    db: { executeSql: async (text, values) => ({ rows: await tx.query(text, values ?? []) }) },
  });
  return {
    async issue(tx, key, delayMs = 0) {
      const id = await boss.send(QUEUE, { key } satisfies Payload, {
        ...within(tx),
        ...(delayMs > 0 ? { startAfter: `${delayMs} milliseconds` } : {}),
      });
      if (id === null) throw new Error('pg-boss did not store a job');
      if (delayMs <= 0) await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, '']);
      return id;
    },
    async withdraw(tx, id) {
      await boss.deleteJob(QUEUE, id, within(tx));
    },
    async take(count) {
      const jobs: Job<Payload>[] = await boss.fetch<Payload>(QUEUE, { batchSize: count });
      return jobs.map(({ id, data, retryCount }) => ({ id, key: data.key, retryCount }));
    },
    async touch(tickets) {
      await boss.touch(
        QUEUE,
        tickets.map(({ id, retryCount }) => ({ id, retryCount })),
      );
    },
    async liveAmong(ids) {
      const rows = await store.query<{ id: string }>(
        `SELECT id FROM pgboss.job WHERE name = $1 AND id = ANY($2::uuid[]) AND state < 'completed'`,
        [QUEUE, ids],
      );
      return new Set(rows.map(({ id }) => id));
    },
    async announceEnd(tx, key) {
      await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, key]);
    },
    async listen(call) {
      return await boss.getDb().listen!(
        CHANNEL,
        (payload) => call(payload === '' ? null : payload),
        () => call(null),
      );
    },
    close: () => boss.stop({ graceful: false }),
  };
}
