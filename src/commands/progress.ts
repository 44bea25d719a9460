/** A line on the terminal that says how far a long command is; silent for a short one, and when nobody watches. */

/** How long a command may take before it says how far it is (milliseconds). */
const PATIENCE_MS = 1_000;
const REFRESH_MS = 100;

export interface Progress {
  update(done: number, total: number): void;
  clear(): void;
}

export function createProgress(stream: NodeJS.WriteStream, what: string): Progress {
  const started = performance.now();
  let shownAt = 0;
  if (!stream.isTTY) return { update() {}, clear() {} };
  return {
    update(done, total) {
      const now = performance.now();
      if (now - started < PATIENCE_MS || now - shownAt < REFRESH_MS) return;
      shownAt = now;
      const width = 24;
      const filled = Math.round((width * done) / Math.max(1, total));
      const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
      stream.write(`\r\u001b[K${bar} ${done} of ${total} ${what}`);
    },
    clear() {
      if (shownAt > 0) stream.write('\r\u001b[K');
    },
  };
}
