/** The tables, as numbered steps that only ever go forward. A step that has been released is never edited. */
import type { Engine } from './engine.ts';

/** Any constant will do, as long as every Assay takes the same one. */
const LOCK = 4_157_259;

/** Step n is at index n - 1; each string is one statement. */
const STEPS: readonly (readonly string[])[] = [
  [
    'CREATE TABLE assay.setting (name text PRIMARY KEY, value text NOT NULL)',
    // One row for a pull request or merge group: locked by whoever decides about its reviews.
    `CREATE TABLE assay.stream (
      repo_id int8 NOT NULL,
      stream text NOT NULL,
      cancelled_at timestamptz,
      PRIMARY KEY (repo_id, stream)
    )`,
    // One row for a work key. "ticket" is the queue's job that stands for what remains to be done, null when nothing
    // remains; "holder" is set while a worker is busy with the row.
    `CREATE TABLE assay.review (
      key text PRIMARY KEY,
      repo_id int8 NOT NULL,
      stream text NOT NULL,
      head text NOT NULL,
      base text NOT NULL,
      rerun_of int8,
      request jsonb NOT NULL,
      state text NOT NULL CHECK (state IN ('queued', 'running', 'concluded', 'superseded', 'cancelled', 'failed')),
      ticket uuid,
      holder text,
      attempts int NOT NULL DEFAULT 0,
      interruptions int NOT NULL DEFAULT 0,
      bugs int NOT NULL DEFAULT 0,
      conclude_attempts int NOT NULL DEFAULT 0,
      policy text,
      conclusion text,
      check_run_id int8,
      error jsonb,
      occurred_at timestamptz NOT NULL,
      arrival bigserial NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      FOREIGN KEY (repo_id, stream) REFERENCES assay.stream (repo_id, stream)
    )`,
    'CREATE INDEX review_stream ON assay.review (repo_id, stream)',
    'CREATE INDEX review_head ON assay.review (repo_id, head)',
    'CREATE INDEX review_unfinished ON assay.review (key) WHERE ticket IS NOT NULL',
  ],
];

/** All missing steps in one transaction; a second server that starts at the same time waits and then finds them done. */
export async function migrate(engine: Engine): Promise<void> {
  await engine.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await tx.query('CREATE SCHEMA IF NOT EXISTS assay');
    await tx.query(
      'CREATE TABLE IF NOT EXISTS assay.migration (step int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    );
    const [row] = await tx.query<{ last: number }>('SELECT coalesce(max(step), 0) AS last FROM assay.migration');
    for (const [index, statements] of STEPS.entries()) {
      if (index < (row?.last ?? 0)) continue;
      for (const statement of statements) await tx.query(statement);
      await tx.query('INSERT INTO assay.migration (step) VALUES ($1)', [index + 1]);
    }
  });
}
