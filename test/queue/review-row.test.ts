import { describe, expect, it } from 'vitest';
import { AppError } from '#domain/errors.ts';
import * as steps from '#queue/review-row.ts';

const LIMITS: steps.Limits = { attempts: 6, bugs: 2, concludeAttempts: 3, backoff: { baseMs: 100, capMs: 1_000 } };
const down = new AppError('github-unavailable', 'no answer', { retry: { afterMs: null } });
const random = () => 1;

/** A review in its first attempt, with its check run open. */
const running: steps.ReviewRow = {
  key: '1:pull/7:a:b',
  state: 'running',
  ticket: 'ticket',
  holder: 'worker',
  attempts: 1,
  interruptions: 0,
  bugs: 0,
  concludeAttempts: 0,
  policy: null,
  conclusion: null,
  checkRunId: 9,
  error: null,
};
const waiting: steps.ReviewRow = { ...running, state: 'queued', holder: null };
const told = { policy: 'p', conclusion: 'failure' };

describe('a review that is asked for again', () => {
  it('takes over the check run that is still open, and starts counting anew', () => {
    expect(steps.requested({ ...waiting, state: 'superseded', attempts: 4 })).toMatchObject({
      row: { state: 'queued', attempts: 0, checkRunId: 9 },
      next: { dueInMs: 0 },
    });
  });

  it('opens a new check run when the old one is concluded', () => {
    expect(steps.requested({ ...waiting, state: 'failed', ticket: null }).row.checkRunId).toBeNull();
  });

  it('is left to its holder while it is told as ended, and then runs', () => {
    const { row, next } = steps.requested({ ...running, state: 'cancelled' });
    expect(next).toBe('hold');
    expect(steps.outcomeTold(row)).toMatchObject({ row: { state: 'queued', checkRunId: null }, next: { dueInMs: 0 } });
    expect(steps.tellingFailed(row, down, LIMITS, random)).toMatchObject({
      row: { checkRunId: 9 },
      next: { dueInMs: 0 },
    });
    expect(steps.reviewFailed(row, down, LIMITS, random)).toMatchObject({
      row: { checkRunId: 9 },
      next: { dueInMs: 0 },
    });
  });

  it('runs once more after a handler that returned all the same, and can see what it concluded', () => {
    expect(steps.reviewed({ ...running, state: 'queued' }, told)).toMatchObject({
      row: { state: 'queued', policy: 'p', conclusion: 'failure', checkRunId: null },
      next: { dueInMs: 0 },
    });
  });
});

describe('a review that is ended', () => {
  it('is left to its holder', () => {
    expect(steps.ended(running, 'superseded')).toMatchObject({ row: { state: 'superseded' }, next: 'hold' });
  });

  it('needs a worker only for an open check run', () => {
    expect(steps.ended(waiting, 'cancelled').next).toEqual({ dueInMs: 0 });
    expect(steps.ended({ ...waiting, checkRunId: null }, 'cancelled').next).toBe('done');
  });

  it('stays ended when its handler returns all the same', () => {
    expect(steps.reviewed({ ...running, state: 'superseded' }, told)).toMatchObject({
      row: { state: 'superseded', policy: 'p' },
      next: 'done',
    });
  });

  it('is told as what it was, whatever its handler threw', () => {
    const { row, next } = steps.reviewFailed({ ...running, state: 'superseded' }, new Error('bug'), LIMITS, random);
    expect(next).toBe('hold');
    expect(steps.outcomeOf(row)).toEqual({ kind: 'superseded' });
  });
});

describe('the waits between attempts', () => {
  it('grow with the attempts that count', () => {
    const waitAfter = (attempts: number, interruptions: number) =>
      steps.reviewFailed({ ...running, attempts, interruptions }, down, LIMITS, random).next;
    expect(waitAfter(1, 0)).toEqual({ dueInMs: 100 });
    expect(waitAfter(3, 0)).toEqual({ dueInMs: 400 });
    expect(waitAfter(8, 5)).toEqual({ dueInMs: 400 });
    expect(waitAfter(6, 0)).toBe('hold');
  });

  it('of telling grow by themselves, and end', () => {
    const waitAfter = (concludeAttempts: number, error: unknown) =>
      steps.tellingFailed({ ...running, state: 'failed', concludeAttempts }, error, LIMITS, random)?.next ?? null;
    expect([1, 2, 3].map((n) => waitAfter(n, down))).toEqual([{ dueInMs: 100 }, { dueInMs: 200 }, null]);
    expect([5, 6].map((n) => waitAfter(n, new Error('bug')))).toEqual([{ dueInMs: 1_000 }, null]);
  });
});

describe('a review whose worker is gone', () => {
  it('counts the attempt when the process died, and not when it had to stop', () => {
    expect(steps.triesOf(steps.orphaned(running).row)).toBe(1);
    expect(steps.triesOf(steps.released(running).row)).toBe(0);
    expect(steps.released({ ...running, state: 'failed', concludeAttempts: 2 }).row).toMatchObject({
      state: 'failed',
      concludeAttempts: 1,
    });
  });
});
