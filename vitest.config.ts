import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.postgres.test.ts'],
    setupFiles: ['test/support/no-network.ts'],
    // Many tests wait for processes of their own, so the machine's cores are better used with one more file at once.
    maxWorkers: Math.max(2, availableParallelism()),
    // Programs that tests start share what Node has compiled, as the command line's own starts do.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/assay', import.meta.url)) },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
