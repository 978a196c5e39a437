import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepImageRecords, readImageRecords } from '../../lib/provision/stored-images.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const record = { host: 'vm', dockerfile: 'Dockerfile', id: 'sha256:1', since: '2026-01-01T00:00:00.000Z' };

test('records are added to those that are kept, for their owner alone', () => {
  const folder = join(temporaryFolder(), 'state');
  keepImageRecords(folder, { one: record });
  keepImageRecords(folder, { two: record });
  expect(Object.keys(readImageRecords(folder))).toEqual(['one', 'two']);
  expect(readdirSync(folder)).toEqual(['images.json']);
  expect([folder, join(folder, 'images.json')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
});

test('a file of a stranger is not written through a link', () => {
  const folder = temporaryFolder();
  const stranger = join(temporaryFolder(), 'stranger');
  writeFileSync(stranger, 'mine');
  symlinkSync(stranger, join(folder, 'images.json.new'));
  keepImageRecords(folder, { one: record });
  expect(readFileSync(stranger, 'utf8')).toBe('mine');
});

test.each([
  ['a link to a device that never ends', (path: string) => symlinkSync('/dev/zero', path)],
  ['no JSON', (path: string) => writeFileSync(path, '{')],
])('a record that is %s means that images are built again', (_, arrange) => {
  const folder = temporaryFolder();
  arrange(join(folder, 'images.json'));
  expect(readImageRecords(folder)).toEqual({});
});
