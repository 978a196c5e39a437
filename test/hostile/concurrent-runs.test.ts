import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { capturedRun } from '../cli/captured-run.ts';
import { filesIn } from '../support/temporary-folder.ts';
import { newPlace, synthArgs } from './support/place.ts';

const podhost = (args: readonly string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'lib/cli/podhost.ts', ...args]);

test('runs into one folder at the same time wait for each other, and the folder is as after one of them', async () => {
  const place = newPlace();
  await capturedRun(...synthArgs({ ...place, dist: join(place.root, 'alone') }));
  const runs = await Promise.all(Array.from({ length: 4 }, () => podhost(synthArgs(place))));
  expect(runs.filter(({ stderr }) => / [1-9]\d* written/.test(stderr))).toHaveLength(1);
  expect(filesIn(place.dist)).toEqual(filesIn(join(place.root, 'alone')));
});
