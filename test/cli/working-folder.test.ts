import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { fromWorkingFolder } from '../../lib/cli/working-folder.ts';

test.each([
  ['-', '-'],
  ['.', '.'],
  ['dist', 'dist'],
  ['./dist/', 'dist'],
  ['dist/helm/../a.yaml', 'dist/a.yaml'],
  [resolve('dist/a.yaml'), 'dist/a.yaml'],
  ['dist/**/*.yaml', 'dist/**/*.yaml'],
  ['..dist', '..dist'],
  ['../elsewhere', resolve('../elsewhere')],
  ['/srv/a.yaml', '/srv/a.yaml'],
])('%s is shown as %s', (path, shown) => {
  expect(fromWorkingFolder(path)).toBe(shown);
});
