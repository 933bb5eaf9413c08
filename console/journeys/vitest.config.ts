import { defineConfig } from 'vitest/config';

/**
 * The console as people meet it: a real gateway, a real browser, nothing put in between. One file at a time, since two cores
 * serve the gateway, the browser and the backends alike; every step waits for a condition.
 */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: process.env.JOURNEYS ? [process.env.JOURNEYS] : ['**/*.journey.ts'],
    globalSetup: 'support/setup.ts',
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    teardownTimeout: 60_000,
  },
});
