// Loaded before a program that is measured: says at its end what it took of the processor, in all its threads. Not TypeScript: that would cost time itself.
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write(`CPU ${Math.round((user + system) / 1_000)} ms\n`);
  });
}
