import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withFolderLock } from '../../lib/files/folder-lock.ts';
import { temporaryPath } from '../../lib/files/temporary-file.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { systemError, watchingCalls } from '../support/file-calls.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const lockOf = (pid: number): string => basename(temporaryPath('', 'lock')).replace(`-${process.pid}-`, `-${pid}-`);

function folderWithLockOf(pid: number): string {
  const folder = join(temporaryFolder(), '.podhost');
  mkdirSync(folder);
  writeFileSync(join(folder, lockOf(pid)), '');
  return folder;
}

describe('a locked folder', () => {
  test('has a file of the run while it works, and none afterwards', () => {
    const folder = join(temporaryFolder(), 'dist', '.podhost');
    const during = withFolderLock({ folder, title: 'dist' }, () => readdirSync(folder));
    expect(during).toEqual([expect.stringMatching(/^\.podhost-.*\.lock$/)]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is refused while another run works in it, with its process and what to remove', () => {
    const folder = folderWithLockOf(process.ppid);
    const work = () => withFolderLock({ folder, title: 'dist', patience: 0 }, () => 'worked');
    expect(work).toThrow(PodhostError);
    expect(work).toThrow(`another run of podhost (process ${process.ppid}) writes to dist`);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('is free when the run that had it is dead', () => {
    const folder = folderWithLockOf(2 ** 22 + 1);
    expect(withFolderLock({ folder, title: 'dist', patience: 0 }, () => 'worked')).toBe('worked');
  });

  test('is removed again when it was created and the work fails', () => {
    const output = join(temporaryFolder(), 'dist');
    const failing = () => {
      throw new Error('failed');
    };
    expect(() => withFolderLock({ folder: join(output, '.podhost'), title: 'dist' }, failing)).toThrow('failed');
    expect(existsSync(output)).toBe(false);
  });
});

test('a folder in which other runs cannot be seen is not taken for free', () => {
  const folder = folderWithLockOf(process.ppid);
  const blind = ({ name }: { readonly name: string }) => {
    if (name === 'readdirSync') {
      throw systemError('EMFILE', 'scandir');
    }
  };
  const work = () => withFolderLock({ folder, title: 'dist' }, () => 'worked');
  expect(() => watchingCalls(folder, blind, work, ['readdirSync'])).toThrow('too many open files');
});

test.skipIf(!existsSync('/proc/self'))('a folder that cannot be created ends the run rather than to keep it', () => {
  expect(() => withFolderLock({ folder: '/proc/none/.podhost', title: '/proc/none' }, () => {})).toThrow(
    '/proc/none cannot be created',
  );
});
