import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.postgres.test.ts'],
    setupFiles: ['test/support/no-network.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
