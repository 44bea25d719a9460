/** The clock of budgets: what this thread computed, so that a busy machine loses no findings. */

/** Milliseconds of processor time of the calling thread; only differences mean something, and they come in steps of some 10 ms. */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
