import { expect, test } from 'vitest';
import { createThrottle } from '#github/throttle.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('reads go ten at a time', async () => {
  const { read } = createThrottle(1000);
  let running = 0;
  let most = 0;
  const results = await Promise.all(
    Array.from({ length: 35 }, (_, at) =>
      read(async () => {
        running += 1;
        most = Math.max(most, running);
        await pause(1);
        running -= 1;
        return at;
      }),
    ),
  );
  expect(most).toBe(10);
  expect(results).toEqual(Array.from({ length: 35 }, (_, at) => at));
});

test('a read that fails frees its place', async () => {
  const { read } = createThrottle(1000);
  const fail = () => read(() => Promise.reject(new Error('x')));
  await Promise.allSettled(Array.from({ length: 30 }, fail));
  expect(await read(async () => 'still works')).toBe('still works');
});

test('writes go one by one, in order, and apart', async () => {
  const { write } = createThrottle(60);
  const starts: number[] = [];
  const order: number[] = [];
  const work = (at: number) =>
    write(async () => {
      starts.push(performance.now());
      await pause(at === 0 ? 90 : 1);
      order.push(at);
      if (at === 1) throw new Error('a failed write does not stop the next');
    });
  await Promise.allSettled([0, 1, 2].map(work));
  expect(order).toEqual([0, 1, 2]);
  const [first = 0, second = 0, third = 0] = starts;
  expect(second - first).toBeGreaterThanOrEqual(88);
  expect(third - second).toBeGreaterThanOrEqual(58);
});

test('reads do not wait for writes, nor one installation for another', async () => {
  const one = createThrottle(5_000);
  const other = createThrottle(5_000);
  const startedAt = performance.now();
  await one.write(async () => {});
  void one.write(async () => {});
  await Promise.all([one.read(async () => {}), other.write(async () => {})]);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
