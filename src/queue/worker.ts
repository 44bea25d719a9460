/** Takes reviews from the queue and sees each to its end: concluded, tried again, or given up with words. */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '#domain/errors.ts';
import { type Log, silent } from '#store/log.ts';
import { isUnfinished } from './admission.ts';
import { BACKOFF } from './backoff.ts';
import { createBell } from './bell.ts';
import type { Queue } from './queue.ts';
import { describeError, report } from './report.ts';
import type { Handlers, ReviewJob } from './review-job.ts';
import * as steps from './review-row.ts';
import type { Held } from './review-table.ts';
import type { Ticket } from './tickets.ts';

export interface Worker {
  start(): Promise<void>;
  /**
   * Takes no more, and waits for what runs. After `timeoutMs` it aborts: such reviews go back to the queue as if they
   * had not begun.
   */
  stop(options: { readonly timeoutMs: number }): Promise<void>;
}

export interface WorkerOptions {
  /** Reviews at once; 4 when not given. */
  readonly concurrency?: number;
  readonly handlers: Handlers;
  readonly log?: Log;
  readonly random?: () => number;
  /** Milliseconds, for durations. */
  readonly now?: () => number;
  readonly limits?: Partial<steps.Limits>;
  readonly timing?: Partial<Timing>;
}

export interface Timing {
  /** How late a retry of another process may be; new work rings. */
  readonly pollMs: number;
  /** How late a review notices that another process ended it. */
  readonly watchMs: number;
  /** Well under the ten seconds after which a ticket goes to somebody else. */
  readonly heartbeatMs: number;
  /** What an aborted handler has to unwind. */
  readonly graceMs: number;
}

const LIMITS: steps.Limits = { attempts: 6, bugs: 2, concludeAttempts: 600, backoff: BACKOFF };
const TIMING: Timing = { pollMs: 1_000, watchMs: 1_000, heartbeatMs: 3_000, graceMs: 2_000 };

interface Flight {
  readonly ticket: Ticket;
  held: Held | null;
  phase: 'reviewing' | 'telling';
  abort: AbortController;
  stopped: boolean;
  landed: Promise<void>;
}

type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

export function createWorker(queue: Queue, options: WorkerOptions): Worker {
  const { concurrency = 4, handlers, log = silent, random = Math.random, now = () => performance.now() } = options;
  const limits = { ...LIMITS, ...options.limits };
  const timing = { ...TIMING, ...options.timing };
  const { tickets, reviews } = queue;
  const flights = new Set<Flight>();
  const bell = createBell();
  const timers: NodeJS.Timeout[] = [];
  let stopping = false;
  let dispatching = Promise.resolve();
  let listening = { close: async () => {} };
  let stopped: Promise<void> | null = null;

  async function dispatch(): Promise<void> {
    while (!stopping) {
      const free = concurrency - flights.size;
      const taken = free > 0 ? await attempt(() => tickets.take(free)) : { ok: true as const, value: [] };
      if (taken.ok) for (const ticket of taken.value) launch(ticket);
      else log.error({ error: describeError(taken.error) }, 'the queue cannot be read');
      await bell.wait(timing.pollMs);
    }
  }

  function launch(ticket: Ticket): void {
    const landed = Promise.resolve();
    const flight: Flight = {
      ticket,
      held: null,
      phase: 'reviewing',
      abort: new AbortController(),
      stopped: false,
      landed,
    };
    flights.add(flight);
    flight.landed = attempt(() => fly(flight)).then((result) => {
      flights.delete(flight);
      // Its heartbeats end here, so the ticket comes again.
      if (!result.ok) log.error({ key: ticket.key, error: describeError(result.error) }, 'review not settled');
      bell.ring();
    });
  }

  async function fly(flight: Flight): Promise<void> {
    flight.held = await reviews.claim(flight.ticket);
    if (flight.held === null) return;
    const { row } = flight.held;
    const untold = isUnfinished(row) ? await review(flight, flight.held) : row;
    if (untold !== null) await tell(flight, { ...flight.held, row: untold });
  }

  /** Makes one attempt. Returns the row when its outcome must still be told. */
  async function review(flight: Flight, held: Held): Promise<steps.ReviewRow | null> {
    const started = now();
    const { signal } = flight.abort;
    const result = await attempt(async () => {
      signal.throwIfAborted();
      if (steps.isSpent(held.row, limits)) throw steps.CRASHED;
      return await handlers.review(jobOf(held, signal));
    });
    const step = await reviews.settle(held, (row) => {
      if (result.ok) return steps.reviewed(row, result.value);
      if (flight.stopped && row.state === 'running') return steps.released(row);
      return steps.reviewFailed(row, result.error, limits, random);
    });
    land('review', held, step, result, now() - started);
    return step?.next === 'hold' ? step.row : null;
  }

  /** Tells how a review ended that nobody will make. */
  async function tell(flight: Flight, held: Held): Promise<void> {
    const started = now();
    flight.phase = 'telling';
    flight.abort = new AbortController();
    const result = await attempt(() => handlers.conclude(jobOf(held, flight.abort.signal), steps.outcomeOf(held.row)));
    const step = await reviews.settle(held, (row) => {
      if (result.ok) return steps.outcomeTold(row);
      if (flight.stopped) return steps.released(row);
      return steps.tellingFailed(row, result.error, limits, random) ?? steps.outcomeTold(row);
    });
    land('outcome', held, step, result, now() - started);
  }

  function jobOf(held: Held, signal: AbortSignal): ReviewJob {
    const { row, request } = held;
    let { checkRunId } = row;
    return {
      key: row.key,
      request,
      attempt: row.attempts,
      lastAttempt: steps.triesOf(row) >= limits.attempts,
      get checkRunId() {
        return checkRunId;
      },
      concludedUnder: row.policy,
      signal,
      async saveCheckRun(id) {
        await reviews.saveCheckRun(held, id);
        checkRunId = id;
      },
    };
  }

  function land(what: 'review' | 'outcome', held: Held, step: steps.Step | null, result: Result<unknown>, ms: number) {
    report(log, what, { held, step, ms, failure: result.ok ? null : result });
    // The database knows when it is due; this only saves waiting for the next poll.
    if (typeof step?.next === 'object') setTimeout(bell.ring, step.next.dueInMs).unref();
  }

  async function watch(): Promise<void> {
    const held = [...flights].flatMap((flight) =>
      flight.held !== null && flight.phase === 'reviewing' ? [flight.held] : [],
    );
    if (held.length === 0) return;
    const ended = await attempt(() => reviews.endedAmong(held));
    if (ended.ok) for (const key of ended.value) interrupt(key);
    else log.warn({ error: describeError(ended.error) }, 'running reviews cannot be watched');
  }

  async function heartbeat(): Promise<void> {
    const held = [...flights].map(({ ticket }) => ticket);
    const touched = await attempt(async () => held.length > 0 && (await tickets.touch(held)));
    if (!touched.ok) log.warn({ error: describeError(touched.error) }, 'heartbeat failed');
  }

  function interrupt(key: string): void {
    for (const { ticket, phase, abort } of flights) {
      if (ticket.key === key && phase === 'reviewing') {
        abort.abort(new AppError('cancelled', 'the review was superseded, cancelled or taken over'));
      }
    }
  }

  /** Resolves when nothing is in flight any more, or after `ms`. */
  async function landing(ms: number): Promise<void> {
    const timer = new AbortController();
    const timeout = attempt(() => delay(ms, undefined, { signal: timer.signal }));
    await Promise.race([Promise.all([...flights].map(({ landed }) => landed)), timeout]);
    timer.abort();
  }

  async function drain(timeoutMs: number): Promise<void> {
    stopping = true;
    bell.ring();
    await dispatching;
    await landing(timeoutMs);
    for (const flight of flights) {
      flight.stopped = true;
      flight.abort.abort(new AppError('cancelled', 'the worker is stopping'));
    }
    await landing(timing.graceMs);
    for (const { held } of flights) {
      // Frees it for the next worker; what the handler still brings is then refused.
      if (held !== null) await attempt(() => reviews.settle(held, steps.released));
    }
    for (const timer of timers) clearInterval(timer);
    await listening.close();
  }

  return {
    async start() {
      listening = await tickets.listen((ended) => (ended === null ? bell.ring() : interrupt(ended)));
      timers.push(setInterval(watch, timing.watchMs), setInterval(heartbeat, timing.heartbeatMs));
      dispatching = dispatch();
    },
    stop({ timeoutMs }) {
      stopped ??= drain(timeoutMs);
      return stopped;
    },
  };
}

/** The one place where failures of reviews, and of the store beneath them, are caught. */
async function attempt<T>(run: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error };
  }
}
