import { expect, test } from 'vitest';
import { loadedPackages } from '../support/loaded-packages.ts';

test('help loads nothing but the command line', async () => {
  expect(await loadedPackages('--help')).toEqual(['commander']);
});

test('check loads neither cdk8s nor constructs', async () => {
  expect(await loadedPackages('check')).toEqual([
    '@secretlint/secretlint-rule-preset-recommend',
    'commander',
    'fastest-levenshtein',
    'yaml',
    'zod',
  ]);
});
