import { afterEach, describe, expect, it } from 'vitest';
import { createInspectionPool, type InspectionPool } from '#analyzers/run.ts';
import type { InspectionTask } from '#domain/inspection.ts';

const rulebook = { code: [], secrets: [], verification: [], digest: '' };
const pools: InspectionPool[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function start(options: { threads?: number; hardLimitMs?: number; heapMb?: number } = {}) {
  const entry = new URL('../support/hostile-thread.ts', import.meta.url);
  const pool = createInspectionPool({ entry, rulebook, fingerprintKey: '', threads: 2, ...options });
  pools.push(pool);
  return pool;
}

const task = (path: string): InspectionTask => ({ path, side: 'head', bytes: new Uint8Array(), now: 0 });
const tasks = (...paths: string[]) => paths.map(task);
const readPaths = (inspections: { findings: readonly { excerpt: string }[] }[]) =>
  inspections.map(({ findings }) => findings[0]?.excerpt ?? null);

describe('inspections in threads', () => {
  it('come back in order, whoever was first', async () => {
    const paths = Array.from({ length: 50 }, (_, index) => `file-${index}`);
    expect(readPaths(await start().run(tasks(...paths), {}))).toEqual(paths);
  });

  it('of nothing are nothing', async () => {
    expect(await start().run([], {})).toEqual([]);
  });

  it('end a thread that hangs, report its file, and go on with the others', async () => {
    const inspections = await start({ hardLimitMs: 300 }).run(tasks('a', 'hang', 'b', 'c'), {});
    expect(readPaths(inspections)).toEqual(['a', null, 'b', 'c']);
    expect(inspections[1]?.skipped).toEqual([
      { path: 'hang', side: 'head', analyzer: null, reason: 'time-budget', detail: 'stopped after 0.3 s' },
    ]);
  });

  it('survive an analyzer that throws', async () => {
    const inspections = await start({ threads: 1 }).run(tasks('throw', 'a'), {});
    expect(inspections[0]?.skipped).toMatchObject([
      { reason: 'crashed', detail: expect.stringMatching(/^the analyzer failed: Error at hostile-thread\.ts:\d+$/) },
    ]);
    expect(readPaths(inspections)).toEqual([null, 'a']);
  });

  it('survive a thread that ends by itself', async () => {
    const inspections = await start({ threads: 1 }).run(tasks('exit', 'a'), {});
    expect(inspections[0]?.skipped).toMatchObject([{ reason: 'crashed', detail: 'the analysis thread ended' }]);
    expect(readPaths(inspections)).toEqual([null, 'a']);
  });

  it('survive a file that needs more memory than a thread may have', async () => {
    const inspections = await start({ threads: 1, heapMb: 32 }).run(tasks('memory', 'a'), {});
    expect(inspections[0]?.skipped).toMatchObject([{ reason: 'crashed', detail: 'needed more than 32 MiB of memory' }]);
    expect(readPaths(inspections)).toEqual([null, 'a']);
  });

  it('leave out what comes after the time of the review is used up', async () => {
    const inspections = await start({ threads: 1, hardLimitMs: 300 }).run(tasks('hang', 'a', 'b'), { limitMs: 100 });
    expect(inspections.map(({ skipped }) => skipped[0]?.reason)).toEqual(['time-budget', 'time-budget', 'time-budget']);
    expect(inspections[2]?.skipped[0]?.detail).toBe("the review's time was used up by other files");
  });

  it('leave out what has waited too long for a thread', async () => {
    const pool = start({ threads: 1, hardLimitMs: 300 });
    const hanging = pool.run(tasks('hang'), {});
    const [late] = await pool.run(tasks('late'), { waitMs: 100 });
    expect(late?.skipped[0]?.reason).toBe('time-budget');
    await hanging;
  });

  it('of a small review do not wait for a large one', async () => {
    const pool = start({ threads: 1 });
    const finished: string[] = [];
    const large = pool
      .run(tasks(...Array.from({ length: 2_000 }, () => 'large')), {})
      .then(() => finished.push('large'));
    const small = pool.run(tasks('small'), {}).then(() => finished.push('small'));
    await Promise.all([large, small]);
    expect(finished).toEqual(['small', 'large']);
  });

  it('stop when the review is cancelled', async () => {
    const pool = start({ threads: 1, hardLimitMs: 500 });
    const controller = new AbortController();
    const run = pool.run(tasks('hang', 'a'), { signal: controller.signal });
    controller.abort(new Error('a newer head'));
    await expect(run).rejects.toThrow('a newer head');
    expect(readPaths(await pool.run(tasks('b'), {}))).toEqual(['b']);
  });

  it('tell how far they are', async () => {
    const seen: string[] = [];
    await start({ threads: 1 }).run(tasks('a', 'b'), { onProgress: (done, total) => seen.push(`${done}/${total}`) });
    expect(seen).toEqual(['1/2', '2/2']);
  });
});
