import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CommandLogFile } from '../../../lib/run/command/command-log.ts';
import { everyHostile, expectHarmless } from '../../support/hostile.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const result = { exitStatus: 0, stdout: '', stderr: '', milliseconds: 1 };

test('a log that cannot be written is reported once and does not stop the run', () => {
  const told: string[] = [];
  const path = join(temporaryFolder(), 'deploy.log');
  const log = new CommandLogFile(path, 'test', { hide: (text) => text, report: (text) => told.push(text) });
  rmSync(path);
  symlinkSync('/dev/full', path);
  for (const name of ['one', 'two']) {
    log.write({ program: 'echo', args: [name] }, result);
  }
  expect(told).toEqual([expect.stringMatching(/^The log is incomplete .*ENOSPC: no space left on device/)]);
  rmSync(path);
});

test('a log has no secrets', () => {
  const path = join(temporaryFolder(), 'deploy.log');
  const hide = (text: string) => text.replaceAll('hunter2', '***');
  new CommandLogFile(path, 'test', { hide, report: () => {} }).write({ program: 'echo', args: ['hunter2'] }, result);
  expect(readFileSync(path, 'utf8')).toMatch(/here, exit status 0, 1 ms: echo '?\*\*\*'?\n/);
});

const open = (path: string) => new CommandLogFile(path, 'test', { hide: (text) => text, report: () => {} });

test('a log that was there goes on, and only its owner can read it from then on', () => {
  const path = join(temporaryFolder(), 'state', 'deploy.log');
  open(path);
  chmodSync(path, 0o644);
  open(path);
  expect(readFileSync(path, 'utf8').match(/^# .* test, process /gm)).toHaveLength(2);
  expect([path, dirname(path)].map((name) => statSync(name).mode & 0o777)).toEqual([0o600, 0o700]);
});

describe('a log is not written', () => {
  test.each<[string, (path: string, stranger: string) => void, string]>([
    ['through a link', (path, stranger) => symlinkSync(stranger, path), 'file/link'],
    ['through a link that leads nowhere', (path) => symlinkSync('nowhere', path), 'file/link'],
    ['into a file with another name', (path, stranger) => linkSync(stranger, path), 'deploy/log'],
    ['into a pipe', (path) => execFileSync('mkfifo', [path]), 'file/device'],
    ['over a folder', (path) => mkdirSync(path), 'file/is-folder'],
  ])('%s', (_, arrange, code) => {
    const folder = temporaryFolder();
    const stranger = join(folder, 'stranger');
    writeFileSync(stranger, 'mine', { mode: 0o644 });
    arrange(join(folder, 'deploy.log'), stranger);
    expect(() => open(join(folder, 'deploy.log'))).toThrow(expect.objectContaining({ code }));
    expect([readFileSync(stranger, 'utf8'), statSync(stranger).mode & 0o777]).toEqual(['mine', 0o644]);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test('where no folder can be, and the run ends at once', () => {
    expect(() => open('/dev/null/state/deploy.log')).toThrow(expect.objectContaining({ code: 'file/not-folder' }));
    expect(() => open('/proc/state/deploy.log')).toThrow('/proc/state cannot be created');
  });
});

test('a log has a line for each command and each line that it printed, whatever they hold', () => {
  const path = join(temporaryFolder(), 'deploy.log');
  const log = new CommandLogFile(path, `deploy ${everyHostile}`, { hide: (text) => text, report: () => {} });
  log.write(
    { program: 'echo', args: [everyHostile.replaceAll('\0', '')] },
    { ...result, stderr: `first\n${everyHostile}` },
  );
  const written = readFileSync(path, 'utf8');
  expectHarmless(written);
  const ofStderr = `first\n${everyHostile}`.split('\n').length;
  expect(written.split('\n')).toHaveLength(1 + 1 + 1 + ofStderr + 1);
});
