/** What the log says of each outcome: one line, and never text of the code under review. */
import { AppError } from '#domain/errors.ts';
import type { Log } from '#store/log.ts';
import { failureOf, type Step } from './review-row.ts';
import type { Held } from './review-table.ts';

export interface Ending {
  readonly held: Held;
  /** Null when the row was no longer held here. */
  readonly step: Step | null;
  readonly ms: number;
  /** What was thrown, wrapped because anything can be. */
  readonly failure: { readonly error: unknown } | null;
}

export function report(log: Log, what: 'review' | 'outcome', { held, step, ms, failure }: Ending): void {
  const facts = {
    key: held.row.key,
    attempt: what === 'review' ? held.row.attempts : held.row.concludeAttempts,
    ms: Math.round(ms),
    state: step?.row.state ?? 'lost',
    ...(typeof step?.next === 'object' && { dueInMs: Math.round(step.next.dueInMs) }),
    ...(failure === null ? { conclusion: step?.row.conclusion } : { error: describeError(failure.error) }),
  };
  const isEnded = facts.state === 'superseded' || facts.state === 'cancelled';
  if (failure === null || (what === 'review' && isEnded)) log.info(facts, what);
  else if (step?.row.state === 'failed') log.error(facts, what);
  else log.warn(facts, what);
}

/** Of a bug only its name and frames: its message may quote what it failed on. */
export function describeError(error: unknown): object {
  if (error instanceof AppError || !(error instanceof Error)) return failureOf(error);
  // The stack begins with the message, of which a line may look like a frame.
  const { message, stack = '' } = error;
  const frames = stack.slice(stack.indexOf(message) + message.length).match(/^\s+at .*$/gm) ?? [];
  return { ...failureOf(error), stack: frames.map((frame) => frame.trim()) };
}
