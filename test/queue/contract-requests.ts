/** The part of the queue's contract that is about what is asked for: accepted, replaced, cancelled. */
import { describe, expect, it } from 'vitest';
import { AppError } from '#domain/errors.ts';
import type { ReviewJob } from '#queue/review-job.ts';
import { at, request, sha } from './requests.ts';
import type { Stage } from './scene.ts';
import { aborted, SUCCESS, until } from './scene.ts';

export function requestCases(stage: Stage): void {
  const a = request({ head: sha('a'), second: 10 });
  const b = request({ head: sha('b'), second: 20 });
  const down = (afterMs: number | null = null) =>
    new AppError('github-unavailable', 'GitHub answers 502', { retry: { afterMs } });

  describe('accepting', () => {
    it('runs a request once, however often it is delivered', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => stage.scene.queue.accept(a)));
      expect(answers.toSorted()).toEqual(['accepted', ...Array(9).fill('duplicate')]);
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1']);
    });

    it('hands the request to the handler as it was given', async () => {
      const jobs: ReviewJob[] = [];
      await stage.scene.work({
        review: async (job) => {
          jobs.push(job);
          return SUCCESS;
        },
      });
      await stage.scene.queue.accept({ ...a, repo: { id: 2 ** 40, owner: 'ö', name: `"'$1` } });
      await stage.scene.idle();
      expect(jobs).toMatchObject([
        {
          request: { ...a, repo: { id: 2 ** 40, owner: 'ö', name: `"'$1` } },
          attempt: 1,
          lastAttempt: false,
          checkRunId: null,
          concludedUnder: null,
        },
      ]);
    });

    it('shows a review of the same work what it was concluded under, and lets it stand', async () => {
      const seen: (string | null)[] = [];
      await stage.scene.work({
        review: async ({ concludedUnder }) => {
          seen.push(concludedUnder);
          return concludedUnder === null ? SUCCESS : null;
        },
      });
      for (let i = 0; i < 3; i++) {
        expect(await stage.scene.queue.accept(a)).toBe('accepted');
        await stage.scene.idle();
      }
      expect(seen).toEqual([null, 'policy-1', 'policy-1']);
    });

    it('forgets what it was concluded under once another check run stands there', async () => {
      const seen: (string | null)[] = [];
      let fail = false;
      await stage.scene.work({
        review: async (job) => {
          seen.push(job.concludedUnder);
          await job.saveCheckRun(seen.length);
          if (fail) throw new AppError('git-failed', 'no');
          return SUCCESS;
        },
      });
      for (fail of [false, true, false]) {
        await stage.scene.queue.accept(a);
        await stage.scene.idle();
      }
      expect(seen).toEqual([null, 'policy-1', null]);
    });

    it('gives a finished review that runs again a check run of its own', async () => {
      const open: (number | null)[] = [];
      await stage.scene.work({
        review: async (job) => {
          open.push(job.checkRunId);
          await job.saveCheckRun(100 + open.length);
          return SUCCESS;
        },
      });
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      await stage.scene.queue.accept(a);
      await stage.scene.idle();
      expect(open).toEqual([null, null]);
    });

    it('does nothing for what is out of date', async () => {
      await stage.scene.queue.accept(b);
      expect(await stage.scene.queue.accept(a)).toBe('outdated');
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['b1']);
    });

    it('keeps the streams of a repository, and of others, apart', async () => {
      await stage.scene.queue.accept(b);
      expect(await stage.scene.queue.accept({ ...a, stream: 'pull/8' })).toBe('accepted');
      expect(await stage.scene.queue.accept({ ...a, repo: { ...a.repo, id: 2 } })).toBe('accepted');
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun.toSorted()).toEqual(['a1', 'a1', 'b1']);
    });

    it('accepts nothing when its transaction does not commit', async () => {
      const broken = { ...a, base: null } as unknown as typeof a;
      await expect(stage.scene.queue.accept(broken)).rejects.toThrow(/null value/);
      expect(await stage.store.query('SELECT id FROM pgboss.job')).toEqual([]);
      expect(await stage.store.query('SELECT key FROM assay.review')).toEqual([]);
      expect(await stage.scene.queue.accept(a)).toBe('accepted');
    });

    it('finds what was asked for at a head, the last of each stream', async () => {
      const retargeted = { ...a, base: sha('1'), occurredAt: at(15) };
      const group = { ...a, pull: null, stream: 'refs/heads/queue/main/pr-7' };
      for (const asked of [a, retargeted, group, b]) await stage.scene.queue.accept(asked);
      const found = await stage.scene.queue.requestsFor({ repoId: 1, head: sha('a') });
      expect(found).toEqual([retargeted, group]);
      expect(await stage.scene.queue.requestsFor({ repoId: 2, head: sha('a') })).toEqual([]);
    });
  });

  describe('a newer head', () => {
    it('replaces a review that has not begun, without a word', async () => {
      await stage.scene.queue.accept(a);
      await stage.scene.queue.accept(b);
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['b1']);
      expect(stage.scene.told).toEqual([]);
      expect(await stage.scene.stateOf(sha('a'))).toBe('superseded');
    });

    it('stops a running review and has its check run concluded', async () => {
      await stage.scene.work({
        review: async (job) => {
          if (job.request.head === b.head) return SUCCESS;
          await job.saveCheckRun(11);
          return aborted(job);
        },
      });
      await stage.scene.queue.accept(a);
      await until(() => stage.scene.begun.length === 1);
      await stage.scene.queue.accept(b);
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1', 'b1']);
      expect(stage.scene.told).toEqual([{ head: 'a', checkRunId: 11, outcome: { kind: 'superseded' } }]);
    });

    it('concludes the check run of a review that waits for another attempt', async () => {
      const first = await stage.scene.work({
        review: async (job) => {
          await job.saveCheckRun(12);
          throw down(3_600_000);
        },
      });
      await stage.scene.queue.accept(a);
      await until(async () => (await stage.scene.stateOf(sha('a'))) === 'queued' && stage.scene.begun.length === 1);
      await first.stop({ timeoutMs: 1_000 });
      await stage.scene.queue.accept(b);
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1', 'b1']);
      expect(stage.scene.told).toEqual([{ head: 'a', checkRunId: 12, outcome: { kind: 'superseded' } }]);
    });

    it('does not touch what a handler published at the last moment', async () => {
      let release = () => {};
      await stage.scene.work({
        review: async (job) => {
          await job.saveCheckRun(13);
          if (job.request.head === a.head)
            await new Promise<void>((resolve) => {
              release = resolve;
            });
          return SUCCESS;
        },
      });
      await stage.scene.queue.accept(a);
      await until(() => stage.scene.begun.length === 1);
      await stage.scene.queue.accept(b);
      release();
      await stage.scene.idle();
      expect(stage.scene.told).toEqual([]);
      expect(await stage.scene.stateOf(sha('b'))).toBe('concluded');
    });

    it('gives way to the earlier head when the branch goes back, one worker at a time', async () => {
      let inside = 0;
      let most = 0;
      let times = 0;
      await stage.scene.work({
        review: async (job) => {
          if (job.request.head === b.head) return SUCCESS;
          most = Math.max(most, ++inside);
          try {
            if (++times > 1) return SUCCESS;
            await job.saveCheckRun(14);
            return await aborted(job);
          } finally {
            inside--;
          }
        },
      });
      await stage.scene.queue.accept(a);
      await until(() => times === 1);
      await stage.scene.queue.accept(b);
      await stage.scene.queue.accept({ ...a, occurredAt: at(30) });
      await stage.scene.idle();
      expect(await stage.scene.stateOf(sha('a'))).toBe('concluded');
      expect({ most, times }).toEqual({ most: 1, times: 2 });
    });

    it('begins again when a draft becomes ready in mid-review, with the check run that is open', async () => {
      const seen: [boolean, number | null][] = [];
      await stage.scene.work({
        review: async (job) => {
          seen.push([job.request.draft, job.checkRunId]);
          if (seen.length > 1) return SUCCESS;
          await job.saveCheckRun(15);
          return aborted(job);
        },
      });
      await stage.scene.queue.accept({ ...a, draft: true });
      await until(() => seen.length === 1);
      expect(await stage.scene.queue.accept({ ...a, occurredAt: at(30) })).toBe('accepted');
      await stage.scene.idle();
      expect(seen).toEqual([
        [true, null],
        [false, 15],
      ]);
      expect(stage.scene.told).toEqual([]);
    });
  });

  describe('cancelling', () => {
    it('ends what waits and what runs, and concludes the open check run', async () => {
      await stage.scene.work({
        review: async (job) => {
          await job.saveCheckRun(21);
          return aborted(job);
        },
      });
      await stage.scene.queue.accept(a);
      await until(() => stage.scene.begun.length === 1);
      expect(await stage.scene.queue.cancel({ repoId: 1, stream: 'pull/7', occurredAt: at(20) })).toBe(1);
      await stage.scene.idle();
      expect(stage.scene.told).toEqual([{ head: 'a', checkRunId: 21, outcome: { kind: 'cancelled' } }]);
      expect(await stage.scene.queue.cancel({ repoId: 1, stream: 'pull/7', occurredAt: at(21) })).toBe(0);
    });

    it('leaves alone what was asked for later, in whatever order the two arrive', async () => {
      await stage.scene.queue.accept(b);
      expect(await stage.scene.queue.cancel({ repoId: 1, stream: 'pull/7', occurredAt: at(15) })).toBe(0);
      expect(await stage.scene.queue.cancel({ repoId: 1, stream: 'pull/8', occurredAt: at(15) })).toBe(0);
      expect(await stage.scene.queue.accept({ ...a, stream: 'pull/8' })).toBe('outdated');
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['b1']);
    });

    it('can be taken back', async () => {
      await stage.scene.queue.accept(a);
      await stage.scene.queue.cancel({ repoId: 1, stream: 'pull/7', occurredAt: at(15) });
      expect(await stage.scene.queue.accept({ ...a, occurredAt: at(16) })).toBe('accepted');
      await stage.scene.work();
      await stage.scene.idle();
      expect(stage.scene.begun).toEqual(['a1']);
    });
  });
}
