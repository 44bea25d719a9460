/** The clock of budgets: what this thread computed, so that a busy machine loses no findings. */

import type { Budget } from './analyzer.ts';

/** Milliseconds of processor time of the calling thread; only differences mean something, and they come in steps of some 10 ms. */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** Of so many milliseconds of the calling thread, from now on. */
export function startBudget(ms: number): Required<Budget> {
  const start = threadTime();
  const used = () => (threadTime() - start) / ms;
  return { used, expired: () => used() > 1 };
}
