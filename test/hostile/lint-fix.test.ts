import { chmodSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryPath } from '../../lib/files/temporary-file.ts';
import { capturedRun } from '../cli/captured-run.ts';
import { watchCalls } from '../support/file-calls.ts';
import { filesIn, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { fixable, fixed } from './support/fixable.ts';
import { failedRun, linkAt, pipeAt, treeOf } from './support/place.ts';

function folderWith(...names: readonly string[]): string {
  const folder = temporaryFolder();
  writeFiles(folder, Object.fromEntries(names.map((name) => [name, fixable])));
  return folder;
}

describe('lint --fix changes no file when one', () => {
  test.each<[string, (folder: string) => void, string, number]>([
    ['has a second name', (folder) => linkSync(join(folder, 'b.yaml'), join(folder, 'twin.txt')), 'file/hard-links', 2],
    [
      'has a second name that is linted too',
      (folder) => linkSync(join(folder, 'b.yaml'), join(folder, 'c.yaml')),
      'file/hard-links',
      2,
    ],
    ['is read-only', (folder) => chmodSync(join(folder, 'b.yaml'), 0o444), 'file/read-only-file', 3],
    [
      'is not UTF-8',
      (folder) => writeFileSync(join(folder, 'b.yaml'), Buffer.from(`${fixable}# caf\u00e9\n`, 'latin1')),
      'read/encoding',
      2,
    ],
  ])('%s', async (_, arrange, code, status) => {
    const folder = folderWith('a.yaml', 'b.yaml');
    arrange(folder);
    const before = treeOf(folder);
    expect(await failedRun('lint', folder, '--fix')).toMatchObject({ codes: [code], status });
    expect(treeOf(folder)).toEqual(before);
  });

  test('is changed by somebody else before its turn comes', async () => {
    const folder = folderWith('a.yaml', 'b.yaml');
    const calls = watchCalls(folder, ({ name }) => {
      if (name === 'renameSync') {
        writeFileSync(join(folder, 'b.yaml'), 'of somebody else\n');
      }
    });
    const run = await failedRun('lint', folder, '--fix').finally(() => calls.stop());
    expect(run).toMatchObject({ codes: ['file/changed'], status: 2 });
    expect(filesIn(folder)).toEqual({ 'a.yaml': fixable, 'b.yaml': 'of somebody else\n' });
  });
});

describe('lint --fix', () => {
  test('does not write through links that lie where its temporary files once were', async () => {
    const folder = folderWith('a.yaml');
    const stranger = join(temporaryFolder(), 'stranger');
    writeFileSync(stranger, 'mine');
    for (const name of ['.a.yaml.podhost-new', '.a.yaml.tmp', 'a.yaml.tmp', 'a.yaml~', '.podhost-new']) {
      linkAt(join(folder, name), stranger);
    }
    expect((await capturedRun('lint', join(folder, 'a.yaml'), '--fix')).status).toBe(0);
    expect([readFileSync(stranger, 'utf8'), readFileSync(join(folder, 'a.yaml'), 'utf8')]).toEqual(['mine', fixed]);
  });

  test('leaves what is named like its temporary files, a pipe or a folder, alone', async () => {
    const folder = folderWith('a.yaml');
    pipeAt(join(folder, '.a.yaml.podhost-new'));
    mkdirSync(temporaryPath(folder, 'content'));
    expect((await capturedRun('lint', folder, '--fix')).status).toBe(0);
    expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe(fixed);
    expect(readdirSync(folder)).toHaveLength(3);
  });

  test('removes what a killed run has left, also when nothing is left to mend', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a.yaml': fixed });
    const [dead, alive] = [2 ** 22 + 1, process.ppid].map((pid) =>
      temporaryPath(folder, 'former').replace(`-${process.pid}-`, `-${pid}-`),
    );
    for (const path of [dead, alive]) {
      linkSync(join(folder, 'a.yaml'), String(path));
    }
    await capturedRun('lint', folder, '--fix');
    expect(readdirSync(folder)).toEqual([basename(String(alive)), 'a.yaml']);
  });

  test('keeps permissions, and a link that was named', async () => {
    const folder = folderWith('real.txt');
    chmodSync(join(folder, 'real.txt'), 0o640);
    linkAt(join(folder, 'a.yaml'), 'real.txt');
    expect((await capturedRun('lint', folder, '--fix')).status).toBe(0);
    expect(lstatSync(join(folder, 'a.yaml')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real.txt'), 'utf8')).toBe(fixed);
    expect(statSync(join(folder, 'real.txt')).mode & 0o7777).toBe(0o640);
  });

  test('mends a file once that is named by a link as well', async () => {
    const folder = folderWith('real.yaml');
    const link = linkAt(join(folder, 'link.yaml'), 'real.yaml');
    await capturedRun('lint', join(folder, 'real.yaml'), link, '--fix');
    expect(readFileSync(link, 'utf8')).toBe(fixed);
    expect(readdirSync(folder).sort()).toEqual(['link.yaml', 'real.yaml']);
  });

  test('mends files whose names are as long as the file system allows', async () => {
    const name = `${'n'.repeat(250)}.yaml`;
    const folder = folderWith(name);
    expect((await capturedRun('lint', folder, '--fix')).status).toBe(0);
    expect(filesIn(folder)).toEqual({ [name]: fixed });
  });
});
