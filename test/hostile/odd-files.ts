import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Something at a path that no command can read. */
export interface OddFile {
  readonly title: string;
  readonly make: (path: string) => unknown;
  /** The last part of the problem's code. */
  readonly kind: 'no-file' | 'not-a-file' | 'too-large' | 'unreadable' | 'encoding';
  /** Part of the message. */
  readonly says: string;
  /**
   * Whether this machine has it.
   *
   * @default true
   */
  readonly isHere?: boolean;
}

const isLinux = process.platform === 'linux';

export const oddFiles: readonly OddFile[] = [
  { title: 'nothing', make: () => {}, kind: 'no-file', says: 'does not exist' },
  { title: 'a dangling link', make: (path) => symlinkSync('gone', path), kind: 'no-file', says: 'links to gone' },
  { title: 'a link to itself', make: (path) => symlinkSync(path, path), kind: 'no-file', says: 'back to itself' },
  { title: 'a named pipe', make: (path) => execFileSync('mkfifo', [path]), kind: 'not-a-file', says: 'named pipe' },
  { title: 'a socket', make: listen, kind: 'not-a-file', says: 'socket' },
  {
    title: 'a device that never ends',
    make: (path) => symlinkSync('/dev/zero', path),
    kind: 'not-a-file',
    says: 'device',
    isHere: isLinux,
  },
  {
    title: 'a device that is empty',
    make: (path) => symlinkSync('/dev/null', path),
    kind: 'not-a-file',
    says: 'device',
    isHere: isLinux,
  },
  {
    title: 'a file of the kernel',
    make: (path) => symlinkSync('/proc/self/environ', path),
    kind: 'unreadable',
    says: 'has the size 0 and holds more',
    isHere: isLinux,
  },
  { title: 'a file of 200 MiB', make: large, kind: 'too-large', says: 'has 209715200 bytes; at most ' },
  {
    title: 'a file without permission',
    make: (path) => {
      writeFileSync(path, 'a: b\n');
      chmodSync(path, 0);
    },
    kind: 'unreadable',
    says: 'may not be read by this user',
    isHere: process.getuid?.() !== 0,
  },
  {
    title: 'UTF-16',
    make: (path) => writeFileSync(path, Buffer.from('\ufeffa: b\n', 'utf16le')),
    kind: 'encoding',
    says: 'is UTF-16 text',
  },
  {
    title: 'Latin-1',
    make: (path) => writeFileSync(path, Buffer.from('name: café\n', 'latin1')),
    kind: 'encoding',
    says: 'is not UTF-8 text from byte 9 on',
  },
];

/** Only where a file is wanted, and not a folder of files. */
export const oddFolder: OddFile = {
  title: 'a folder',
  make: (path) => mkdirSync(path),
  kind: 'not-a-file',
  says: 'is a folder',
};

function listen(path: string): Promise<void> {
  const server = createServer();
  onTestFinished(() => {
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(path, resolve);
  });
}

function large(path: string): void {
  writeFileSync(path, '');
  // It takes no room on the disk.
  truncateSync(path, 200 * 1024 * 1024);
}
