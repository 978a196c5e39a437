import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MadeFolders } from '../../lib/files/made-folders.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('exactly the folders that were created are removed again, and only while they are empty', () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'there'));
  const folders = new MadeFolders();
  folders.make(join(folder, 'there', 'a', 'b'));
  folders.make(join(folder, 'full'));
  writeFileSync(join(folder, 'full', 'file'), '');
  folders.takeBack();
  expect(['there', 'there/a', 'full'].map((path) => existsSync(join(folder, path)))).toEqual([true, false, true]);
});

test('a file in the place of a folder is named', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(() => new MadeFolders().make(join(folder, 'file', 'a'))).toThrow(/file\/a cannot be .*no folder/);
});

test('a new folder has the permissions that were asked for', () => {
  const path = join(temporaryFolder(), 'state', 'shop');
  new MadeFolders({ mode: 0o700 }).make(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test.skipIf(!existsSync('/proc/self'))('a system that creates no folder is believed at once', () => {
  expect(() => new MadeFolders().make('/proc/none/a')).toThrow('/proc/none cannot be created');
});
