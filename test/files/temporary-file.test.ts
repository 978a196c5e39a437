import { chmodSync, constants, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createTemporary, removeLeftovers, temporaryFiles, temporaryPath } from '../../lib/files/temporary-file.ts';
import { systemError, watchingCalls } from '../support/file-calls.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Above the highest number of a process. */
const deadPid = 2 ** 22 + 1;

/** A name as another process makes it. */
const nameOf = (pid: number, kind: 'content' | 'former' | 'lock' | 'kept' = 'content'): string =>
  basename(temporaryPath('', kind)).replace(`-${process.pid}-`, `-${pid}-`);

describe('a temporary file', () => {
  test('has a name that nobody can guess, with an extension that kubectl does not read', () => {
    const names = Array.from({ length: 100 }, () => basename(temporaryPath('dist', 'content')));
    expect(new Set(names).size).toBe(100);
    expect(names.filter((name) => !/^\.podhost-[0-9a-f]{8}-\d+-[0-9a-f]{16}\.content$/.test(name))).toEqual([]);
  });

  test('is created where nothing is, and through no link', () => {
    const folder = temporaryFolder();
    const flags: number[] = [];
    const record = ({ name, args }: { readonly name: string; readonly args: readonly unknown[] }) => {
      if (name === 'openSync') {
        flags.push(Number(args[1]));
      }
    };
    watchingCalls(folder, record, () => createTemporary(folder, { kind: 'content', content: 'text' }));
    const wanted = constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    expect(flags.map((flag) => flag & wanted)).toEqual([wanted]);
  });

  test('is on the disk before anything else happens to it', () => {
    const folder = temporaryFolder();
    const names: string[] = [];
    watchingCalls(
      folder,
      ({ name }) => names.push(name),
      () => createTemporary(folder, { kind: 'content', content: 'text' }),
    );
    expect(names).toEqual(['openSync', 'writeSync', 'fsyncSync', 'closeSync']);
  });

  test('is not left behind when it cannot be written', () => {
    const folder = temporaryFolder();
    const full = ({ name }: { readonly name: string }) => {
      if (name === 'writeSync') {
        throw systemError('ENOSPC');
      }
    };
    const create = () => createTemporary(folder, { kind: 'content', content: 'text' });
    expect(() => watchingCalls(folder, full, create)).toThrow('ENOSPC');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('takes over permissions that the umask would not leave', () => {
    const folder = temporaryFolder();
    const { uid, gid } = statSync(folder);
    const path = createTemporary(folder, { kind: 'content', content: '', like: { uid, gid, mode: 0o100666 } });
    expect(statSync(path).mode & 0o7777).toBe(0o666);
  });
});

describe('the next run', () => {
  test('removes what dead runs have left, and nothing else', () => {
    const folder = temporaryFolder();
    const dead = [nameOf(deadPid), nameOf(deadPid, 'former'), nameOf(deadPid, 'lock'), nameOf(process.pid)];
    const others = [
      // The parent of a test is alive.
      nameOf(process.ppid),
      nameOf(process.ppid, 'lock'),
      // A run in another container, whose numbers say nothing here.
      nameOf(deadPid).replace(/-[0-9a-f]{8}-/, '-00000000-'),
      // What could not be put back.
      nameOf(deadPid, 'kept'),
      '.podhost-notes.content',
      `${nameOf(deadPid)}.yaml`,
      'a.yaml',
    ];
    for (const name of [...dead, ...others]) {
      writeFileSync(join(folder, name), '');
    }
    removeLeftovers([folder, join(folder, 'none')]);
    expect(readdirSync(folder).sort()).toEqual([...others].sort());
  });

  test('does without a folder that it may not change', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, nameOf(deadPid)), '');
    const refuse = () => {
      throw systemError('EROFS', 'unlink');
    };
    watchingCalls(folder, refuse, () => removeLeftovers([folder]));
    expect(temporaryFiles(folder)).toHaveLength(1);
    chmodSync(folder, 0o755);
  });
});
