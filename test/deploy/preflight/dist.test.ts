import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { distCheck } from '../../../lib/deploy/preflight/prerequisites.ts';
import { codes, findings } from './answers.ts';

test('manifests are there', async () => {
  expect(await codes(distCheck)).toEqual([]);
});

test('a folder that does not exist is named with the command that makes it', async () => {
  const { problems } = await findings(distCheck, { dist: '/nowhere/dist' });
  expect(problems).toEqual([
    {
      code: 'deploy/no-dist',
      message: '/nowhere/dist does not exist',
      suggestion: 'run: npm run podhost -- synth --config config/dataprime-demo.yaml --output /nowhere/dist',
    },
  ]);
});

test('an empty folder is no better', async () => {
  const dist = mkdtempSync(join(tmpdir(), 'podhost-'));
  expect(await codes(distCheck, { dist })).toEqual(['deploy/no-dist']);
});
