/** The part of the queue's contract that is about what becomes of it: failures, several workers, stopping. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#domain/errors.ts';
import { createQueue } from '#queue/queue.ts';
import type { ReviewJob } from '#queue/review-job.ts';
import { at, request, sha } from './requests.ts';
import type { Stage } from './scene.ts';
import { aborted, SUCCESS, until } from './scene.ts';

export function workerCases(stage: Stage): void {
  const a = request({ head: sha('a'), second: 10 });
  const b = request({ head: sha('b'), second: 20 });
  const down = (afterMs: number | null = null) =>
    new AppError('github-unavailable', 'GitHub answers 502', { retry: { afterMs } });

  describe('failing', () => {
    it('tries again, with the check run that it has', async () => {
      const seen: [number, boolean, number | null][] = [];
      await stage.scene.work({
        review: async (job) => {
          seen.push([job.attempt, job.lastAttempt, job.checkRunId]);
          if (job.attempt === 1) await job.saveCheckRun(31);
          expect(job.checkRunId).toBe(31);
          if (job.attempt < 6) throw down();
          return SUCCESS;
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      expect(seen).toEqual([
        [1, false, null],
        [2, false, 31],
        [3, false, 31],
        [4, false, 31],
        [5, false, 31],
        [6, true, 31],
      ]);
      expect(stage.scene.told).toEqual([]);
      expect(await stage.scene.stateOf(sha('a'))).toBe('concluded');
    });

    it('waits as long as it is asked to, or longer', async () => {
      const times: number[] = [];
      await stage.scene.work({
        review: async () => {
          times.push(performance.now());
          if (times.length === 1) throw down(300);
          return SUCCESS;
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(300);
    });

    it('gives up after the last attempt, and says so', async () => {
      await stage.scene.work({
        review: async (job) => {
          if (job.attempt === 1) await job.saveCheckRun(32);
          throw down();
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1', 'a2', 'a3', 'a4', 'a5', 'a6']);
      const error = { code: 'github-unavailable', message: 'GitHub answers 502' };
      expect(stage.scene.told).toEqual([{ head: 'a', checkRunId: 32, outcome: { kind: 'gave-up', error } }]);
      expect(await stage.scene.stateOf(sha('a'))).toBe('failed');

      expect(await stage.scene.queue.accept(a)).toBe('accepted');
      await until(() => stage.scene.begun.length > 6);
      expect(stage.scene.begun[6]).toBe('a1');
    });

    it('gives up at once on what another attempt will not change, also without a check run', async () => {
      await stage.scene.work({
        review: async () => {
          throw new AppError('github-forbidden', 'checks: write is missing');
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      const error = { code: 'github-forbidden', message: 'checks: write is missing' };
      expect(stage.scene.told).toEqual([{ head: 'a', checkRunId: null, outcome: { kind: 'gave-up', error } }]);
    });

    it('tries a bug three times, and neither stores nor logs what its message quotes', async () => {
      await stage.scene.work({
        review: async () => {
          throw new TypeError('cannot read:\n    at the code under review');
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1', 'a2', 'a3']);
      expect(stage.scene.told.map(({ outcome }) => outcome)).toEqual([
        { kind: 'gave-up', error: { code: 'bug', message: 'TypeError' } },
      ]);
      const kept = await stage.store.query('SELECT row_to_json(r)::text AS row FROM assay.review r');
      const jobs = await stage.store.query('SELECT row_to_json(j)::text AS row FROM pgboss.job j');
      expect(JSON.stringify([kept, jobs, stage.scene.logged])).not.toContain('code under review');
      expect(JSON.stringify(stage.scene.logged)).toContain('contract-worker.ts');
    });

    it('gives up on a review that ends its process every time', async () => {
      await stage.scene.queue.accept(a);
      await stage.store.query('UPDATE assay.review SET attempts = 6, check_run_id = 34');
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual([]);
      expect(stage.scene.told).toMatchObject([
        { checkRunId: 34, outcome: { kind: 'gave-up', error: { code: 'crashed' } } },
      ]);
    });

    it('brings back a review that has lost its ticket', async () => {
      await stage.scene.queue.accept(a);
      await stage.store.query('DELETE FROM pgboss.job');
      const next = await createQueue(stage.store);
      await stage.scene.work({}, { on: next });
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1']);
      await stage.scene.close();
      await next.close();
    });

    it('keeps trying to conclude the check run', async () => {
      let failures = 0;
      await stage.scene.work({
        review: async (job) => {
          await job.saveCheckRun(33);
          throw new AppError('git-failed', 'no such object');
        },
        conclude: async () => {
          if (++failures < 12) throw down();
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1']);
      const error = { code: 'git-failed', message: 'no such object' };
      expect(stage.scene.told).toEqual([{ head: 'a', checkRunId: 33, outcome: { kind: 'gave-up', error } }]);
      expect(failures).toBe(12);
    });

    it('lets go of a check run that can never be concluded', async () => {
      let tries = 0;
      await stage.scene.work({
        review: async () => {
          throw new AppError('github-not-found', 'the repository is gone');
        },
        conclude: async () => {
          tries++;
          throw new AppError('github-not-found', 'the repository is gone');
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      expect(tries).toBe(6);
    });
  });

  describe('several workers', () => {
    it('never run the same review twice', async () => {
      const others = await Promise.all([createQueue(stage.store), createQueue(stage.store)]);
      for (const on of [stage.scene.queue, ...others]) await stage.scene.work({}, { on, concurrency: 3 });
      const asked = Array.from({ length: 60 }, (_, i) => ({ ...a, stream: `pull/${i}` }));
      await Promise.all(asked.map((one, i) => [stage.scene.queue, ...others][i % 3]!.accept(one)));
      await stage.scene.idle();
      expect(stage.scene.begun).toHaveLength(60);
      await stage.scene.close();
      for (const other of others) await other.close();
    });

    it('bring every stream to its newest head, whatever order the requests come in', async () => {
      const overlaps: string[] = [];
      let checkRuns = 0;
      const inside = new Set<string>();
      const failing = new Set<string>();
      const open = new Map<number, string>();
      const review = async (job: ReviewJob) => {
        if (inside.has(job.key)) overlaps.push(job.key);
        inside.add(job.key);
        try {
          const checkRun = job.checkRunId ?? ++checkRuns;
          open.set(checkRun, job.key);
          await job.saveCheckRun(checkRun);
          if (job.request.pull! % 3 === 0 && !failing.has(job.key)) {
            failing.add(job.key);
            throw down();
          }
          job.signal.throwIfAborted();
          open.delete(checkRun);
          return SUCCESS;
        } finally {
          inside.delete(job.key);
        }
      };
      const conclude = async (job: ReviewJob) => void open.delete(job.checkRunId!);
      const other = await createQueue(stage.store);
      for (const on of [stage.scene.queue, other]) await stage.scene.work({ review, conclude }, { on });

      const digits = '123456789abcdef';
      const asked = [0, 1, 2, 3, 4, 5].flatMap((pull) =>
        [...digits].map((digit, second) => request({ pull, stream: `pull/${pull}`, head: sha(digit), second })),
      );
      // A fixed shuffle: 53 and the number of requests have no common factor.
      const shuffled = asked.map((_, i) => asked[(i * 53) % asked.length]!);
      await Promise.all(shuffled.map((one, i) => [stage.scene.queue, other][i % 2]!.accept(one)));
      await stage.scene.idle();

      const last = await stage.store.query('SELECT stream, state FROM assay.review WHERE head = $1 ORDER BY stream', [
        sha('f'),
      ]);
      expect(last).toEqual([0, 1, 2, 3, 4, 5].map((pull) => ({ stream: `pull/${pull}`, state: 'concluded' })));
      const [others] = await stage.store.query(
        `SELECT count(*) AS count FROM assay.review WHERE state NOT IN ('concluded', 'superseded')`,
      );
      expect(others).toEqual({ count: 0 });
      expect(overlaps).toEqual([]);
      expect(open).toEqual(new Map());
      await stage.scene.close();
      await other.close();
    });

    it('stop a review that was ended through another queue', async () => {
      const other = await createQueue(stage.store);
      await stage.scene.work({
        review: async (job) => {
          await job.saveCheckRun(41);
          return aborted(job);
        },
      });
      await stage.scene.queue.accept(a);
      await until(() => stage.scene.begun.length === 1);
      await other.cancel({ repoId: 1, stream: 'pull/7', occurredAt: at(20) });
      await stage.scene.idle();
      expect(stage.scene.told).toMatchObject([{ checkRunId: 41, outcome: { kind: 'cancelled' } }]);
      await other.close();
    });

    it('take as many at once as they are told to', async () => {
      let inside = 0;
      let most = 0;
      const waiting: (() => void)[] = [];
      await stage.scene.work(
        {
          review: async () => {
            most = Math.max(most, ++inside);
            await new Promise<void>((resolve) => waiting.push(resolve));
            inside--;
            return SUCCESS;
          },
        },
        { concurrency: 3 },
      );
      for (let i = 0; i < 7; i++) await stage.scene.queue.accept({ ...a, stream: `pull/${i}` });
      for (let done = 0; done < 7; done++) {
        await until(() => waiting.length > 0 && inside === Math.min(3, 7 - done));
        waiting.shift()!();
      }
      await stage.scene.idle();
      expect(most).toBe(3);
    });
  });

  describe('stopping', () => {
    it('lets what runs come to its end, and takes nothing more', async () => {
      let release = () => {};
      const worker = await stage.scene.work(
        {
          review: async () => {
            await new Promise<void>((resolve) => {
              release = resolve;
            });
            return SUCCESS;
          },
        },
        { concurrency: 1 },
      );
      await stage.scene.queue.accept(a);
      await until(() => stage.scene.begun.length === 1);
      await stage.scene.queue.accept({ ...b, stream: 'pull/8' });
      const stopped = worker.stop({ timeoutMs: 10_000 });
      release();
      await stopped;
      expect(await stage.scene.stateOf(sha('a'))).toBe('concluded');
      expect(await stage.scene.stateOf(sha('b'))).toBe('queued');
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1', 'b1']);
    });

    it('gives back what takes too long, and the interruption counts for nothing', async () => {
      for (let interruption = 1; interruption <= 7; interruption++) {
        const worker = await stage.scene.work({ review: aborted });
        if (interruption === 1) await stage.scene.queue.accept(a);
        await until(() => stage.scene.begun.length === interruption);
        await worker.stop({ timeoutMs: 0 });
      }
      const jobs: [number, boolean][] = [];
      await stage.scene.work({
        review: async ({ attempt, lastAttempt }) => {
          jobs.push([attempt, lastAttempt]);
          return SUCCESS;
        },
      });
      await stage.scene.idle();
      expect(jobs).toEqual([[8, false]]);
    });

    it('takes a review away from a handler that does not stop, and refuses what it brings later', async () => {
      let finish = () => {};
      let late: Promise<void> = Promise.resolve();
      const worker = await stage.scene.work({
        review: async (job) => {
          await new Promise<void>((resolve) => {
            finish = resolve;
          });
          late = job.saveCheckRun(51);
          await late;
          return { policy: 'late', conclusion: 'failure' };
        },
      });
      await stage.scene.queue.accept(a);
      await until(() => stage.scene.begun.length === 1);
      await worker.stop({ timeoutMs: 0 });
      await stage.scene.work();
      await stage.scene.idle();
      finish();
      await until(() => stage.scene.logged.some((fields) => (fields as { state?: string }).state === 'lost'));
      await expect(late).rejects.toMatchObject({ code: 'cancelled' });
      const [row] = await stage.store.query('SELECT state, policy, check_run_id FROM assay.review');
      expect(row).toEqual({ state: 'concluded', policy: 'policy-1', check_run_id: null });
    });
  });
}
