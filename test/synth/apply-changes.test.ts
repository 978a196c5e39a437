import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { applyChanges } from '../../lib/synth/apply-changes.ts';
import { filesIn, temporaryFolder } from '../support/temporary-folder.ts';

function folderWith(files: Record<string, string>): string {
  const folder = join(temporaryFolder(), 'dist');
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

test('files are written, replaced and removed, and nothing else is left behind', () => {
  const folder = folderWith({ 'a.yaml': 'old', 'b.yaml': 'gone', 'c.yaml': 'kept' });
  const write = [
    { path: 'a.yaml', content: 'new' },
    { path: 'helm/values.yaml', content: 'values' },
  ];
  applyChanges(folder, { write, remove: ['b.yaml'], unchanged: 1 });
  expect(filesIn(dirname(folder))).toEqual({
    'dist/a.yaml': 'new',
    'dist/c.yaml': 'kept',
    'dist/helm/values.yaml': 'values',
  });
});

test('when one file cannot be written, all the others are as they were', () => {
  const before = { 'a.yaml': 'old', helm: 'a file where a folder should be' };
  const folder = folderWith(before);
  const write = [
    { path: 'a.yaml', content: 'new' },
    { path: 'b.yaml', content: 'new' },
    { path: 'fresh/c.yaml', content: 'new' },
    { path: 'helm/values.yaml', content: 'values' },
  ];
  expect(() => applyChanges(folder, { write, remove: [], unchanged: 0 })).toThrow(/EEXIST|ENOTDIR/);
  expect(filesIn(dirname(folder))).toEqual({ 'dist/a.yaml': 'old', 'dist/helm': before.helm });
});
