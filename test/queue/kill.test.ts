import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '#store/store.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'assay-kill-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const BATCH = 60;

/** Runs the fixture, and kills it as soon as `isTime` says so of what it has printed. */
async function run(first: number, count: number, stuck: number, isTime: (lines: readonly string[]) => boolean) {
  const args = [first, count, stuck].map(String);
  const child = spawn(process.execPath, [`${import.meta.dirname}/kill.fixture.ts`, dataDir, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (isTime(lines)) child.kill('SIGKILL');
  }
  await ended;
  const keysOf = (word: string) =>
    lines.flatMap((line) => (line.startsWith(word) ? [line.slice(word.length + 1)] : []));
  return { accepted: keysOf('accepted'), stuck: keysOf('stuck'), finished: lines.includes('idle') };
}

describe('kill -9', () => {
  it('loses no accepted review, and concludes each', { timeout: 60_000 }, async () => {
    const moments = [
      // When nothing is accepted yet; in the middle of accepting and reviewing; and in the middle of one review.
      (lines: readonly string[]) => lines.length === 1,
      (lines: readonly string[]) => lines.length === 9,
      (lines: readonly string[]) => lines.length === 41,
      (lines: readonly string[]) => lines.some((line) => line.startsWith('stuck')) && lines.length > 20,
    ];
    const runs = [];
    for (const [round, isTime] of moments.entries()) {
      runs.push(await run(round * BATCH, BATCH, round === 3 ? round * BATCH + 5 : -1, isTime));
    }
    expect(runs.map(({ finished }) => finished)).toEqual([false, false, false, false]);
    expect((await run(0, 0, -1, () => false)).finished).toBe(true);

    const store = await openStore({ databaseUrl: null, dataDir });
    const rows = await store.query<{ key: string; attempts: number }>(
      `SELECT key, attempts FROM assay.review
       WHERE state = 'concluded' AND conclusion = 'success' AND ticket IS NULL AND holder IS NULL`,
    );
    const [others] = await store.query(`SELECT count(*) AS count FROM assay.review WHERE state <> 'concluded'`);
    const [jobs] = await store.query('SELECT count(*) AS count FROM pgboss.job');
    await store.close();
    const attempts = new Map(rows.map(({ key, attempts }) => [key, attempts]));
    const accepted = runs.flatMap((one) => one.accepted);
    expect(accepted.length).toBeGreaterThan(60);
    expect(accepted.filter((key) => !attempts.has(key))).toEqual([]);
    expect({ others, jobs }).toEqual({ others: { count: 0 }, jobs: { count: 0 } });
    expect(attempts.get(runs[3]!.stuck[0]!)).toBe(2);
  });
});
