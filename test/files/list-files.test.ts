import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from '../../lib/files/list-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const props = {
  isWanted: (path: string) => path.endsWith('.yaml'),
  ignored: ['node_modules'],
  maximumFiles: 100,
  maximumEntries: 1000,
};

function folderOf(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

test('wanted files of all folders are listed, and what is hidden is named', () => {
  const folder = folderOf('b.yaml', 'a/c.yaml', 'a/d.txt', '.git/x.yaml', '.e.yaml', '.f.txt', 'node_modules/g.yaml');
  expect(listFiles(folder, props)).toEqual({
    files: ['a/c.yaml', 'b.yaml'],
    hidden: ['.e.yaml', '.git'],
    problems: [],
  });
  expect(listFiles(folder, { ...props, withHidden: true }).files).toEqual([
    '.e.yaml',
    '.git/x.yaml',
    'a/c.yaml',
    'b.yaml',
  ]);
});

test('loops of links end, and a linked folder is listed once', () => {
  const folder = folderOf('a/b/c.yaml');
  symlinkSync('..', join(folder, 'a/loop'));
  symlinkSync('a/b', join(folder, '0-first-by-name'));
  expect(listFiles(folder, props).files).toEqual(['a/b/c.yaml']);
});

test('a folder outside that a link leads to is listed', () => {
  const folder = folderOf('a.yaml');
  symlinkSync(folderOf('b.yaml'), join(folder, 'linked'));
  expect(listFiles(folder, props).files).toEqual(['a.yaml', 'linked/b.yaml']);
});

test('what is no regular file is listed, so that its reader says so', () => {
  const folder = folderOf();
  symlinkSync('nowhere', join(folder, 'dangling.yaml'));
  symlinkSync('self.yaml', join(folder, 'self.yaml'));
  execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
  expect(listFiles(folder, props).files).toEqual(['dangling.yaml', 'pipe.yaml', 'self.yaml']);
});

test.each([
  [{ maximumFiles: 2 }, 'holds more than 2 files that would be read'],
  [{ maximumEntries: 3 }, 'holds more than 3 entries with all its folders'],
])('more than %j is refused', (limit, reason) => {
  const folder = folderOf('a.yaml', 'b.yaml', 'c.yaml', 'd.txt');
  const { problems } = listFiles(folder, { ...props, ...limit });
  expect(problems).toEqual([{ path: folder, problem: expect.objectContaining({ kind: 'too-large', reason }) }]);
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be read is named, and the others are listed', () => {
  const folder = folderOf('a.yaml', 'closed/b.yaml');
  chmodSync(join(folder, 'closed'), 0);
  const { files, problems } = listFiles(folder, props);
  chmodSync(join(folder, 'closed'), 0o700);
  expect(files).toEqual(['a.yaml']);
  expect(problems).toMatchObject([{ path: join(folder, 'closed'), problem: { kind: 'unreadable' } }]);
});
