/** A review as it is stored, and how it goes from one state to the next. Pure: a row and an event in, a row out. */
import { AppError, type Retry } from '#domain/errors.ts';
import type { ReviewState } from './admission.ts';
import { type Backoff, delayAfter } from './backoff.ts';
import type { Failure, Outcome, Reviewed } from './review-job.ts';

export interface ReviewRow {
  readonly key: string;
  readonly state: ReviewState;
  /** The ticket that stands for what is left to do; null when nothing is left. */
  readonly ticket: string | null;
  /** The worker's claim; while it is set, nobody else works on the row. */
  readonly holder: string | null;
  /** How often the review was begun. */
  readonly attempts: number;
  /** How often the worker broke it off because it had to stop: that counts for nothing. */
  readonly interruptions: number;
  readonly bugs: number;
  readonly concludeAttempts: number;
  readonly policy: string | null;
  readonly conclusion: string | null;
  readonly checkRunId: number | null;
  readonly error: Failure | null;
}

/** What becomes of the row's ticket: kept by its holder, dropped because nothing is left, or replaced by one that is due later. */
export type Next = 'hold' | 'done' | { readonly dueInMs: number };

export interface Step {
  readonly row: ReviewRow;
  readonly next: Next;
}

export interface Limits {
  /** Attempts at one review. */
  readonly attempts: number;
  /** Of those, the ones that may end in a bug. */
  readonly bugs: number;
  /** Attempts at telling the outcome: with the longest backoff, about a day. */
  readonly concludeAttempts: number;
  readonly backoff: Backoff;
}

/** Thrown instead of beginning an attempt too many: all the others ended with their process. */
export const CRASHED: Failure = { code: 'crashed', message: 'the process ended in the middle of the last attempt' };

const NOW: Next = { dueInMs: 0 };
const UNTRIED = { attempts: 0, interruptions: 0, bugs: 0, concludeAttempts: 0 } as const;

/** The review is asked for, for the first time or again. A check run that is still open is taken over. */
export function requested(row: ReviewRow): Step {
  const fresh = { ...row, state: 'queued', ...UNTRIED, error: null } as const;
  // The holder is about to find out that its review was ended, and passes the row on: one worker at a time.
  if (row.holder !== null) return { row: fresh, next: 'hold' };
  return { row: row.ticket === null ? { ...fresh, checkRunId: null } : fresh, next: NOW };
}

/** The review has become pointless. What its holder, or an open check run, makes necessary is still to be done. */
export function ended(row: ReviewRow, state: 'superseded' | 'cancelled'): Step {
  if (row.holder !== null) return { row: { ...row, state }, next: 'hold' };
  return { row: { ...row, state }, next: row.checkRunId === null ? 'done' : NOW };
}

/**
 * The handler returned: what it published stands, also when the review was ended at the last moment. When it was asked
 * for again meanwhile, it runs once more and can see what it was concluded under.
 */
export function reviewed(row: ReviewRow, result: Reviewed | null): Step {
  const told = { ...row, ...(result && { policy: result.policy, conclusion: result.conclusion }) };
  if (row.state === 'queued') return { row: { ...told, checkRunId: null }, next: NOW };
  return { row: { ...told, state: row.state === 'running' ? 'concluded' : row.state }, next: 'done' };
}

/** The handler threw. */
export function reviewFailed(row: ReviewRow, error: unknown, limits: Limits, random: () => number): Step {
  if (row.state === 'queued') return { row, next: NOW };
  if (row.state !== 'running') {
    return row.checkRunId === null ? { row, next: 'done' } : { row: { ...row, concludeAttempts: 1 }, next: 'hold' };
  }
  const isBug = !(error instanceof AppError);
  const bugs = row.bugs + (isBug ? 1 : 0);
  const retry: Retry = error instanceof AppError ? error.retry : bugs <= limits.bugs && { afterMs: null };
  if (retry === false || triesOf(row) >= limits.attempts) return gaveUp({ ...row, bugs }, failureOf(error));
  const dueInMs = delayAfter(triesOf(row), retry.afterMs, random, limits.backoff);
  return { row: { ...row, bugs, state: 'queued' }, next: { dueInMs } };
}

/** No further attempt: the check run remains to be concluded, and nothing that was concluded before still stands. */
export function gaveUp(row: ReviewRow, error: Failure): Step {
  const failed = { ...row, state: 'failed', error, policy: null, conclusion: null, concludeAttempts: 1 } as const;
  return { row: failed, next: 'hold' };
}

/** The check run is concluded, or will never be. A review that was asked for meanwhile opens a new one. */
export function outcomeTold(row: ReviewRow): Step {
  return row.state === 'queued' ? { row: { ...row, checkRunId: null }, next: NOW } : { row, next: 'done' };
}

/** The check run could not be concluded; null when it was the last attempt. */
export function tellingFailed(row: ReviewRow, error: unknown, limits: Limits, random: () => number): Step | null {
  if (row.state === 'queued') return { row, next: NOW };
  const retry = error instanceof AppError ? error.retry : false;
  const most = retry === false ? limits.attempts : limits.concludeAttempts;
  if (row.concludeAttempts >= most) return null;
  const afterMs = retry === false ? null : retry.afterMs;
  return { row, next: { dueInMs: delayAfter(row.concludeAttempts, afterMs, random, limits.backoff) } };
}

/** The worker stops in mid-work: as if it had not begun. */
export function released(row: ReviewRow): Step {
  if (row.state === 'running') {
    return { row: { ...row, state: 'queued', interruptions: row.interruptions + 1 }, next: NOW };
  }
  return { row: { ...row, concludeAttempts: Math.max(0, row.concludeAttempts - 1) }, next: NOW };
}

/** Its process has died. The attempt counts: the review may be what killed it. */
export function orphaned(row: ReviewRow): Step {
  return { row: row.state === 'running' ? { ...row, state: 'queued' } : row, next: NOW };
}

/** True when the attempt that begins would be one too many. */
export function isSpent(row: ReviewRow, limits: Limits): boolean {
  return triesOf(row) > limits.attempts;
}

/** The attempts that count. */
export function triesOf(row: ReviewRow): number {
  return row.attempts - row.interruptions;
}

/** What the check run is to be told, for a row that nobody will review. */
export function outcomeOf(row: ReviewRow): Outcome {
  if (row.state === 'superseded' || row.state === 'cancelled') return { kind: row.state };
  return { kind: 'gave-up', error: row.error ?? { code: 'bug', message: 'unknown' } };
}

export function failureOf(error: unknown): Failure {
  if (error === CRASHED) return CRASHED;
  if (error instanceof AppError) return { code: error.code, message: error.message };
  return { code: 'bug', message: error instanceof Error ? error.name : typeof error };
}
