import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assertOutputLocation } from '../../lib/synth/output-location.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test.each<[string, (root: string) => string]>([
  ['a folder', (root) => root],
  ['a folder that does not exist', (root) => join(root, 'a', 'b')],
  [
    'a link to a folder',
    (root) => {
      mkdirSync(join(root, 'real'));
      symlinkSync('real', join(root, 'link'));
      return join(root, 'link');
    },
  ],
  ['a folder whose name begins with ~', (root) => join(root, '~')],
  ['a name like a backup', () => '~backup'],
])('%s can be an output folder', (_, outputOf) => {
  expect(() => assertOutputLocation(outputOf(temporaryFolder()))).not.toThrow();
});

// The others are in test/hostile.
test('a name with a NUL character is refused rather than to be a defect', () => {
  expect(() => assertOutputLocation('dist\0')).toThrow('holds a NUL character');
});
