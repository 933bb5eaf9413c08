import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/live/**/*.test.ts'],
    globalSetup: 'test/support/setup.ts',
    // One gateway for all, and one test restarts it.
    fileParallelism: false,
    // A busy machine; tests wait for conditions.
    testTimeout: 90_000,
    hookTimeout: 240_000,
  },
});
