/** One installation's pace: reads ten at a time, writes one by one and a second apart. */

export interface Throttle {
  read<T>(work: () => Promise<T>): Promise<T>;
  write<T>(work: () => Promise<T>): Promise<T>;
}

/** Far below "no more than 100 concurrent requests", which an installation shares with everything else it runs. */
const MAX_CONCURRENT_READS = 10;

export function createThrottle(writeSpacingMs: number): Throttle {
  const waiting: (() => void)[] = [];
  let reading = 0;
  let lastWriteAt = Number.NEGATIVE_INFINITY;
  let lastWrite: Promise<unknown> = Promise.resolve();

  return {
    async read(work) {
      if (reading >= MAX_CONCURRENT_READS) await new Promise<void>((start) => waiting.push(start));
      else reading += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else reading -= 1;
      }
    },
    write(work) {
      const turn = lastWrite.then(async () => {
        await pause(lastWriteAt + writeSpacingMs - performance.now());
        lastWriteAt = performance.now();
        return work();
      });
      lastWrite = turn.catch(() => {});
      return turn;
    },
  };
}

function pause(ms: number): Promise<void> | null {
  return ms <= 0 ? null : new Promise((resolve) => setTimeout(resolve, ms));
}
