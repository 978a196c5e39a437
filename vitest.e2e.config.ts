import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Real processes on two cores: one file at a time.
    fileParallelism: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['e2e/{parts,cluster,deliveries,foreign,promql}/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 40 * 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'deploy',
          include: ['e2e/deploy/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 40 * 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'data-plane',
          include: ['e2e/data-plane/**/*.e2e.test.ts'],
          globalSetup: 'e2e/support/shared-cluster.ts',
          testTimeout: 120_000,
          hookTimeout: 40 * 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: ['e2e/pages/**/*.e2e.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 10 * 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'verify',
          include: ['e2e/verify/**/*.e2e.test.ts'],
          globalSetup: 'e2e/verify/verify-cluster.ts',
          testTimeout: 300_000,
          hookTimeout: 40 * 60_000,
        },
      },
    ],
  },
});
