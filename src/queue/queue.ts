/** Where review requests wait: accepted once, however often they are delivered, and kept until they are concluded. */
import { ReviewRequest, reviewKey } from '#domain/review-request.ts';
import type { Sql } from '#store/engine.ts';
import { type Log, silent } from '#store/log.ts';
import type { Store } from '#store/store.ts';
import { admit, isUnfinished, type StreamRow } from './admission.ts';
import { ended, orphaned, type ReviewRow, requested } from './review-row.ts';
import { COLUMNS, createReviewTable, type ReviewTable, writeStep } from './review-table.ts';
import { openTickets, type Tickets } from './tickets.ts';

export interface Cancellation {
  readonly repoId: number;
  readonly stream: string;
  /** ISO 8601. What was asked for later is not cancelled, in whatever order the two arrive. */
  readonly occurredAt: string;
}

export interface Queue {
  /**
   * Durable when it resolves. `duplicate`: the same work is already waiting or running. `outdated`: something newer
   * has been asked for in this stream, or it was cancelled since.
   */
  accept(request: ReviewRequest): Promise<'accepted' | 'duplicate' | 'outdated'>;
  /** How many unfinished reviews it ended. */
  cancel(cancellation: Cancellation): Promise<number>;
  /** What was last asked for at this head, one for each stream. */
  requestsFor(place: { readonly repoId: number; readonly head: string }): Promise<ReviewRequest[]>;
  /** Ends the queue's own connections; the store stays open. */
  close(): Promise<void>;
  /** For the worker. */
  readonly tickets: Tickets;
  readonly reviews: ReviewTable;
}

type Row = ReviewRow & StreamRow;

const ROW = `${COLUMNS}, head, base, (request->>'draft')::boolean AS draft, rerun_of AS "rerunOf", occurred_at AS "occurredAt", arrival`;

export async function createQueue(store: Store, { log = silent }: { readonly log?: Log } = {}): Promise<Queue> {
  const tickets = await openTickets(store, log);

  /** The stream's row serialises all that is decided about it. */
  async function lockStream(tx: Sql, repoId: number, stream: string, cancelledAt: string | null) {
    const [locked] = await tx.query<{ cancelledAt: Date | null }>(
      `INSERT INTO assay.stream AS s (repo_id, stream, cancelled_at) VALUES ($1, $2, $3)
       ON CONFLICT (repo_id, stream) DO UPDATE SET cancelled_at = greatest(s.cancelled_at, excluded.cancelled_at)
       RETURNING cancelled_at AS "cancelledAt"`,
      [repoId, stream, cancelledAt],
    );
    const rows = await tx.query<Row>(
      `SELECT ${ROW} FROM assay.review WHERE repo_id = $1 AND stream = $2 ORDER BY key FOR UPDATE`,
      [repoId, stream],
    );
    return { rows, cancelledAt: locked!.cancelledAt };
  }

  async function end(tx: Sql, row: Row, state: 'superseded' | 'cancelled') {
    await writeStep(tx, tickets, row, ended(row, state));
    if (row.holder !== null) await tickets.announceEnd(tx, row.key);
  }

  /** Inserts the request, or makes its row the newest of the stream. */
  async function record(tx: Sql, key: string, request: ReviewRequest): Promise<Row> {
    const [row] = await tx.query<Row>(
      `INSERT INTO assay.review AS r (key, repo_id, stream, head, base, rerun_of, request, state, occurred_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', $8)
       ON CONFLICT (key) DO UPDATE SET request = excluded.request,
         occurred_at = greatest(r.occurred_at, excluded.occurred_at),
         arrival = CASE WHEN excluded.occurred_at > r.occurred_at THEN excluded.arrival ELSE r.arrival END
       RETURNING ${ROW}`,
      [
        key,
        request.repo.id,
        request.stream,
        request.head,
        request.base,
        request.rerunOf,
        JSON.stringify(request),
        request.occurredAt,
      ],
    );
    return row!;
  }

  await recover(store, tickets, log);

  return {
    tickets,
    reviews: createReviewTable(store, tickets, log),

    accept(request) {
      const key = reviewKey(request);
      return store.transaction(async (tx) => {
        const { rows, cancelledAt } = await lockStream(tx, request.repo.id, request.stream, null);
        const admission = admit(key, request, rows, cancelledAt);
        if (admission.kind === 'duplicate') {
          await tx.query('UPDATE assay.review SET occurred_at = greatest(occurred_at, $2) WHERE key = $1', [
            key,
            request.occurredAt,
          ]);
        } else if (admission.kind === 'accepted') {
          for (const row of rows) if (admission.supersedes.includes(row.key)) await end(tx, row, 'superseded');
          const row = await record(tx, key, request);
          await writeStep(tx, tickets, row, requested(row));
          if (row.holder !== null) await tickets.announceEnd(tx, key);
        }
        return admission.kind;
      });
    },

    cancel({ repoId, stream, occurredAt }) {
      return store.transaction(async (tx) => {
        const { rows } = await lockStream(tx, repoId, stream, occurredAt);
        const pointless = rows.filter((row) => isUnfinished(row) && row.occurredAt.getTime() <= Date.parse(occurredAt));
        for (const row of pointless) await end(tx, row, 'cancelled');
        return pointless.length;
      });
    },

    async requestsFor({ repoId, head }) {
      const rows = await store.query<{ request: unknown }>(
        `SELECT DISTINCT ON (stream) request FROM assay.review WHERE repo_id = $1 AND head = $2
         ORDER BY stream, occurred_at DESC, arrival DESC`,
        [repoId, head],
      );
      return rows.map(({ request }) => ReviewRequest.parse(request));
    },

    close: () => tickets.close(),
  };
}

/**
 * Brings back what has lost its ticket, and on the embedded store what was in a worker's hands when its process ended:
 * the lock on the folder proves that no other process lives. On a server the heartbeat decides.
 */
async function recover(store: Store, tickets: Tickets, log: Log): Promise<void> {
  const open = await store.query<ReviewRow>(`SELECT ${COLUMNS} FROM assay.review WHERE ticket IS NOT NULL`);
  const live = await tickets.liveAmong(open.map(({ ticket }) => ticket!));
  const isOrphan = ({ ticket, holder }: ReviewRow) =>
    !live.has(ticket!) || (store.kind === 'embedded' && holder !== null && !holder.startsWith(store.session));
  for (const { key } of open.filter(isOrphan)) {
    await store.transaction(async (tx) => {
      const [row] = await tx.query<ReviewRow>(`SELECT ${COLUMNS} FROM assay.review WHERE key = $1 FOR UPDATE`, [key]);
      if (row !== undefined && row.ticket !== null && isOrphan(row)) await writeStep(tx, tickets, row, orphaned(row));
    });
    log.info({ key }, 'review taken up again after the end of its process');
  }
}
