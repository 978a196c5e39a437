import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    // No test changes what another reads, and loading everything anew for each file takes longer than the tests.
    isolate: false,
    maxWorkers: '100%',
  },
});
