/** The table of reviews: reads rows, and writes a step together with what it means for the row's ticket. */
import { AppError } from '#domain/errors.ts';
import { ReviewRequest } from '#domain/review-request.ts';
import type { Sql } from '#store/engine.ts';
import type { Log } from '#store/log.ts';
import type { Store } from '#store/store.ts';
import type { ReviewRow, Step } from './review-row.ts';
import type { Ticket, Tickets } from './tickets.ts';

/** A row that this worker holds. */
export interface Held {
  readonly row: ReviewRow;
  readonly holder: string;
  readonly request: ReviewRequest;
}

export interface ReviewTable {
  /** The ticket's row, now held; null when the ticket stands for nothing any more (and is then gone). */
  claim(ticket: Ticket): Promise<Held | null>;
  /** Takes a held row one step further; null when it is no longer held here. */
  settle(held: Held, step: (row: ReviewRow) => Step): Promise<Step | null>;
  saveCheckRun(held: Held, id: number): Promise<void>;
  /** Those of `held` that are no longer to be reviewed here. */
  endedAmong(held: readonly Held[]): Promise<Set<string>>;
}

export const COLUMNS = `key, state, ticket, holder, attempts, interruptions, bugs, conclude_attempts AS "concludeAttempts", policy, conclusion,
  check_run_id AS "checkRunId", error`;

/** Writes what `step` made of a row that `tx` has locked. */
export async function writeStep(tx: Sql, tickets: Tickets, before: ReviewRow, { row, next }: Step): Promise<void> {
  let { ticket, holder } = before;
  if (next !== 'hold') {
    if (ticket !== null) await tickets.withdraw(tx, ticket);
    ticket = next === 'done' ? null : await tickets.issue(tx, row.key, next.dueInMs);
    holder = null;
  }
  await tx.query(
    `UPDATE assay.review SET state = $2, ticket = $3, holder = $4, attempts = $5, interruptions = $6, bugs = $7,
       conclude_attempts = $8, policy = $9, conclusion = $10, check_run_id = $11, error = $12, updated_at = now()
     WHERE key = $1`,
    [
      row.key,
      row.state,
      ticket,
      holder,
      row.attempts,
      row.interruptions,
      row.bugs,
      row.concludeAttempts,
      row.policy,
      row.conclusion,
      row.checkRunId,
      row.error === null ? null : JSON.stringify(row.error),
    ],
  );
}

export function createReviewTable(store: Store, tickets: Tickets, log: Log): ReviewTable {
  return {
    async claim(ticket) {
      const holder = `${store.session}/${crypto.randomUUID()}`;
      const [claimed] = await store.query<ReviewRow & { request: unknown }>(
        `UPDATE assay.review SET holder = $3, updated_at = now(),
           attempts = attempts + CASE WHEN state IN ('queued', 'running') THEN 1 ELSE 0 END,
           conclude_attempts = conclude_attempts + CASE WHEN state IN ('queued', 'running') THEN 0 ELSE 1 END,
           state = CASE WHEN state = 'queued' THEN 'running' ELSE state END
         WHERE key = $1 AND ticket = $2 RETURNING ${COLUMNS}, request`,
        [ticket.key, ticket.id, holder],
      );
      if (claimed === undefined) {
        await tickets.withdraw(store, ticket.id);
        return null;
      }
      const { request: stored, ...row } = claimed;
      const request = ReviewRequest.safeParse(stored);
      if (request.success) return { row, holder, request: request.data };
      // Written by a version that this one no longer understands: nothing can be done with it, again and again.
      log.error({ key: row.key, problem: request.error.issues[0]?.path.join('.') }, 'stored request cannot be read');
      const unreadable = { ...row, state: 'failed', error: { code: 'bug', message: 'unreadable request' } } as const;
      await store.transaction((tx) => writeStep(tx, tickets, row, { row: unreadable, next: 'done' }));
      return null;
    },

    async settle(held, step) {
      return await store.transaction(async (tx) => {
        const [row] = await tx.query<ReviewRow>(
          `SELECT ${COLUMNS} FROM assay.review WHERE key = $1 AND holder = $2 FOR UPDATE`,
          [held.row.key, held.holder],
        );
        if (row === undefined) return null;
        const taken = step(row);
        await writeStep(tx, tickets, row, taken);
        return taken;
      });
    },

    async saveCheckRun(held, id) {
      // From here on the check run shows this attempt: what was concluded before no longer stands.
      const saved = await store.query(
        `UPDATE assay.review SET check_run_id = $3, policy = NULL, conclusion = NULL, updated_at = now()
         WHERE key = $1 AND holder = $2 RETURNING key`,
        [held.row.key, held.holder, id],
      );
      if (saved.length === 0) throw new AppError('cancelled', 'another worker has taken this review over');
    },

    async endedAmong(held) {
      const running = await store.query<{ holder: string }>(
        `SELECT holder FROM assay.review WHERE holder = ANY($1::text[]) AND key = ANY($2::text[]) AND state = 'running'`,
        [held.map(({ holder }) => holder), held.map(({ row }) => row.key)],
      );
      const holders = new Set(running.map(({ holder }) => holder));
      return new Set(held.filter(({ holder }) => !holders.has(holder)).map(({ row }) => row.key));
    },
  };
}
