import { defineConfig } from 'vitest/config';

/** What needs a browser or React: the SDK in Chromium, the examples, the hooks. One gateway and one browser serve all files. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts', 'test/examples/**/*.test.ts', 'test/react/**/*.test.ts'],
    globalSetup: ['test/browser/support/setup.ts'],
    // Two cores: pages of more than two tests at a time would only wait for each other.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    teardownTimeout: 60_000,
  },
});
