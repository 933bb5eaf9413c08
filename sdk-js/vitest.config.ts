import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Two cores: more than two files at a time would only wait for each other. A busy machine: tests wait for conditions. */
const project = (name: string, groupOrder: number, include: string[]): TestProjectInlineConfiguration => ({
  test: { name, include, sequence: { groupOrder }, maxWorkers: 2, testTimeout: 180_000, hookTimeout: 240_000 },
});

/** One gateway serves all of a run; the projects follow each other, so that what kills it comes last. */
export default defineConfig({
  test: {
    globalSetup: 'test/support/setup.ts',
    teardownTimeout: 60_000,
    projects: [
      project('sdk', 1, ['test/unit/**/*.test.ts', 'test/live/**/*.test.ts']),
      project('browser', 2, ['test/browser/**/*.test.ts', 'test/examples/**/*.test.ts', 'test/react/**/*.test.ts']),
      project('processes', 3, ['test/processes/**/*.test.ts']),
    ],
  },
});
