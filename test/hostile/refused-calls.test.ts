import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { generatedHeader } from '../../lib/files/generated-mark.ts';
import { capturedRun } from '../cli/captured-run.ts';
import { type FileCall, systemError, watchCalls } from '../support/file-calls.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { fixable } from './support/fixable.ts';
import { type FailedRun, failedRun, foreign, newPlace, synthArgs, treeOf } from './support/place.ts';

const watched = [
  ...['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'linkSync', 'mkdirSync', 'readdirSync', 'lstatSync'],
];

/** Runs while a call below a folder is refused; that of the lock is not. */
async function refusedRun(folder: string, code: string, at: string, args: readonly string[]): Promise<FailedRun> {
  const refuse = ({ name, args: [path] }: FileCall) => {
    if (name === at && !String(path).endsWith('.lock')) {
      throw systemError(code, at === 'readdirSync' ? 'scandir' : at.replace('Sync', ''));
    }
  };
  const calls = watchCalls(folder, refuse, watched);
  try {
    return await failedRun(...args);
  } finally {
    calls.stop();
  }
}

describe('what the file system refuses is a problem with path and remedy, and all files stay as they were', () => {
  test.each<[string, string, string, number]>([
    ['ENOSPC', 'writeSync', 'file/no-space', 3],
    ['ENOSPC', 'fsyncSync', 'file/no-space', 3],
    ['EDQUOT', 'writeSync', 'file/no-space', 3],
    ['EROFS', 'openSync', 'file/read-only', 3],
    ['EACCES', 'openSync', 'file/no-permission', 3],
    ['EACCES', 'mkdirSync', 'file/no-permission', 3],
    ['EPERM', 'renameSync', 'file/not-permitted', 3],
    ['EXDEV', 'renameSync', 'file/other-device', 3],
    ['EMFILE', 'openSync', 'file/open-files', 3],
    ['EMFILE', 'readdirSync', 'file/open-files', 3],
    ['EIO', 'writeSync', 'file/device', 3],
    ['EBUSY', 'renameSync', 'file/busy', 3],
    ['EISDIR', 'renameSync', 'file/is-folder', 2],
    ['ENOTDIR', 'renameSync', 'file/not-folder', 2],
    ['EEXIST', 'mkdirSync', 'file/exists', 2],
    ['ENAMETOOLONG', 'renameSync', 'file/long-name', 2],
    ['ELOOP', 'lstatSync', 'file/link', 2],
    ['ENOENT', 'renameSync', 'file/missing', 2],
    ['EWHATEVER', 'renameSync', 'file/failed', 3],
  ])('%s of %s, at synth', async (error, at, code, status) => {
    const place = newPlace();
    writeFiles(place.dist, {
      'mine.yaml': foreign,
      '10-config.yaml': `${generatedHeader}old\n`,
      '.podhost/web': generatedHeader,
    });
    const before = treeOf(place.root);
    const run = await refusedRun(place.dist, error, at, synthArgs(place));
    expect(run).toMatchObject({ codes: [code], status });
    expect(run.stdout).toContain(place.dist);
    expect(treeOf(place.root)).toEqual(before);
  });

  test.each<[string, string, string, number]>([
    ['ENOSPC', 'writeSync', 'file/no-space', 3],
    ['EDQUOT', 'fsyncSync', 'file/no-space', 3],
    ['EPERM', 'renameSync', 'file/not-permitted', 3],
    ['EBUSY', 'renameSync', 'file/busy', 3],
    ['EXDEV', 'renameSync', 'file/other-device', 3],
    ['EIO', 'renameSync', 'file/device', 3],
  ])('%s of %s, at lint --fix', async (error, at, code, status) => {
    const { root } = newPlace();
    const folder = join(root, 'manifests');
    writeFiles(folder, { 'a.yaml': fixable, 'b.yaml': fixable });
    const before = treeOf(root);
    const run = await refusedRun(folder, error, at, ['lint', folder, '--fix']);
    expect(run).toMatchObject({ codes: [code], status });
    expect(run.stdout).toContain(join(folder, 'a.yaml'));
    expect(treeOf(root)).toEqual(before);
  });
});

/** Mounts a file system of its own in a folder; false where that is not allowed. */
function mounted(folder: string, options: string): boolean {
  mkdirSync(folder, { recursive: true });
  if (process.getuid?.() !== 0 || spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) {
    return false;
  }
  onTestFinished(() => {
    execFileSync('umount', [folder]);
  });
  return true;
}

describe('on a file system of its own', () => {
  test('the output folder may be a mount point', async ({ skip }) => {
    const place = newPlace();
    skip(!mounted(place.dist, 'size=1m'), 'mount is not allowed here');
    expect(await capturedRun(...synthArgs(place))).toMatchObject({ status: 0 });
    writeFileSync(join(place.dist, '10-config.yaml'), `${generatedHeader}old\n`);
    expect(await capturedRun(...synthArgs(place))).toMatchObject({ status: 0 });
    expect(readFileSync(join(place.dist, '10-config.yaml'), 'utf8')).toContain('kind: ConfigMap');
  });

  test('a sub-folder of the output may be a mount point', async ({ skip }) => {
    const place = newPlace();
    skip(!mounted(join(place.dist, 'helm'), 'size=1m'), 'mount is not allowed here');
    expect(await capturedRun(...synthArgs(place))).toMatchObject({ status: 0 });
    expect(existsSync(join(place.dist, 'helm', 'coralogix-infra-values.yaml'))).toBe(true);
  });

  test('a full one keeps all files as they were', async ({ skip }) => {
    const place = newPlace();
    skip(!mounted(place.dist, 'size=20k'), 'mount is not allowed here');
    writeFileSync(join(place.dist, '10-config.yaml'), `${generatedHeader}old\n`);
    const before = treeOf(place.root);
    expect(await failedRun(...synthArgs(place))).toMatchObject({ status: 3, codes: ['file/no-space'] });
    expect(treeOf(place.root)).toEqual(before);
  });

  test('a read-only one is enough when there is nothing to do', async ({ skip }) => {
    const place = newPlace();
    skip(!mounted(place.dist, 'size=1m'), 'mount is not allowed here');
    await capturedRun(...synthArgs(place));
    execFileSync('mount', ['-o', 'remount,ro', place.dist]);
    expect(await capturedRun(...synthArgs(place))).toMatchObject({ status: 0 });
    writeFileSync(place.config, readFileSync(place.config, 'utf8').replace('LOG_LEVEL: info', 'LOG_LEVEL: debug'));
    expect(await failedRun(...synthArgs(place))).toMatchObject({ status: 3, codes: ['file/read-only'] });
  });
});

test.skipIf(process.getuid?.() === 0)('a folder that this user may not write is named', async () => {
  const place = newPlace();
  mkdirSync(place.dist, { mode: 0o555 });
  expect(await failedRun(...synthArgs(place))).toMatchObject({ status: 3, codes: ['file/no-permission'] });
  chmodSync(place.dist, 0o755);
});
