import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readText } from '../../lib/files/read-text.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const maximumBytes = 1000;

/** What reading a file of a new folder gives: its text, or the kind of problem and the reason. */
async function reading(name: string, make: (path: string, folder: string) => unknown): Promise<string> {
  const folder = temporaryFolder();
  const path = join(folder, name);
  await make(path, folder);
  const read = readText(path, { maximumBytes });
  return 'text' in read ? read.text : `${read.problem.kind}: ${read.problem.reason.replaceAll(folder, 'FOLDER')}`;
}

const write = (content: string | Uint8Array) => (path: string) => writeFileSync(path, content);

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);

test.each([
  ['a file', write('a: b\n'), 'a: b\n'],
  ['an empty file', write(''), ''],
  ['a file of the largest size', write('x'.repeat(1000)), 'x'.repeat(1000)],
  ['a byte order mark', write('\ufeffa'), 'a'],
  ['letters of every length', write('aé€😀'), 'aé€😀'],
  [
    'a link to a file',
    (path: string, folder: string) => {
      writeFileSync(join(folder, 'target'), 'linked');
      symlinkSync('target', path);
    },
    'linked',
  ],
])('%s is read', async (_, make, text) => {
  expect(await reading('a.yaml', make)).toBe(text);
});

test.each([
  ['a file that is not there', () => {}, 'no-file: does not exist'],
  [
    'a dangling link',
    (path: string) => symlinkSync('gone.yaml', path),
    'no-file: links to gone.yaml, which does not exist',
  ],
  [
    'a link to itself',
    (path: string) => symlinkSync('a.yaml', path),
    'no-file: is a symbolic link that leads back to itself',
  ],
  ['a folder', (path: string) => mkdirSync(path), 'not-a-file: is a folder'],
  ['a named pipe', (path: string) => execFileSync('mkfifo', [path]), 'not-a-file: is a named pipe'],
  ['a link to a device', (path: string) => symlinkSync('/dev/zero', path), 'not-a-file: is a device'],
  ['a file that is too large', write('x'.repeat(1001)), 'too-large: has 1001 bytes; at most 1000 are read'],
  ['UTF-16', write(Buffer.from('\ufeffa: b', 'utf16le')), 'encoding: is UTF-16 text'],
  ['Latin-1', write(bytes(0x61, 0xe9, 0x61)), 'encoding: is not UTF-8 text from byte 1 on'],
  ['a letter that is cut off', write(bytes(0x61, 0x62, 0xe2, 0x82)), 'encoding: is not UTF-8 text from byte 2 on'],
  [
    'a bad byte behind a replacement character',
    write(bytes(0xef, 0xbf, 0xbd, 0xff)),
    'encoding: is not UTF-8 text from byte 3 on',
  ],
  [
    'a bad byte that begins like a replacement character',
    write(bytes(0xef, 0xbf, 0x41)),
    'encoding: is not UTF-8 text from byte 0 on',
  ],
])('%s is refused', async (_, make, problem) => {
  expect(await reading('a.yaml', make)).toBe(problem);
});

test('a socket is refused', async () => {
  const server = createServer();
  const problem = await reading('a.sock', (path) => new Promise<void>((resolve) => server.listen(path, resolve)));
  server.close();
  expect(problem).toBe('not-a-file: is a socket');
});

test.skipIf(process.platform !== 'linux')('a file of the kernel, whose size is not its content, is refused', () => {
  const read = readText('/proc/self/environ', { maximumBytes });
  expect('problem' in read && read.problem.reason).toMatch(/^has the size 0 and holds more/);
});

test.skipIf(process.getuid?.() === 0)('a file that this user may not read is refused', async () => {
  const problem = await reading('a.yaml', (path) => {
    writeFileSync(path, '');
    chmodSync(path, 0);
  });
  expect(problem).toBe('unreadable: may not be read by this user');
});

test.each([0, 1, 65_533, 65_534, 65_535, 65_536, 131_072])(
  'a bad byte is found %i letters after the beginning of a line',
  (count) => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.yaml');
    writeFileSync(path, Buffer.concat([Buffer.from(`€\n${'é'.repeat(count)}`), Buffer.of(0xff), Buffer.from('€\n')]));
    expect(readText(path, { maximumBytes: 1e6 })).toMatchObject({
      problem: {
        reason: `is not UTF-8 text from byte ${4 + 2 * count} on`,
        position: { line: 2, column: count + 1 },
      },
    });
  },
);
