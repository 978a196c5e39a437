import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lookAt } from '../../lib/files/present-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('what a path leads to is seen without following a link or waiting for a pipe', async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  writeFileSync(at('file'), 'text');
  mkdirSync(at('folder'));
  symlinkSync('file', at('link'));
  symlinkSync('nowhere', at('dangling'));
  execFileSync('mkfifo', [at('pipe')]);
  const server = createServer().listen(at('socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  const kinds = ['file', 'folder', 'link', 'dangling', 'pipe', 'socket', 'none'].map(
    (name) => lookAt(at(name), 9).kind,
  );
  server.close();
  expect(kinds).toEqual(['file', 'folder', 'link', 'link', 'special', 'special', 'absent']);
});

test('no more of a file is read than is wanted', () => {
  const path = join(temporaryFolder(), 'large');
  writeFileSync(path, 'x'.repeat(100_000));
  expect(lookAt(path, 3)).toMatchObject({ kind: 'file', bytes: 100_000, start: Buffer.from('xxx') });
});

test('a file that is replaced or written has another stamp', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a');
  writeFileSync(path, 'one');
  const stamp = () => {
    const state = lookAt(path, 0);
    return state.kind === 'file' ? state.stamp : undefined;
  };
  const first = stamp();
  expect(stamp()).toBe(first);
  writeFileSync(path, 'longer');
  const second = stamp();
  writeFileSync(join(folder, 'b'), 'longer');
  renameSync(join(folder, 'b'), path);
  expect(new Set([first, second, stamp()]).size).toBe(3);
});
