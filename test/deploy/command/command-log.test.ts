import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CommandLogFile } from '../../../lib/deploy/command/command-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const result = { exitStatus: 0, stdout: '', stderr: '', milliseconds: 1 };

test('a log that takes no more, as on a full disk, is told once and ends nothing', () => {
  const told: string[] = [];
  const path = join(temporaryFolder(), 'deploy.log');
  const log = new CommandLogFile(path, 'test', { hide: (text) => text, tell: (text) => told.push(text) });
  rmSync(path);
  symlinkSync('/dev/full', path);
  for (const name of ['one', 'two']) {
    log.write({ program: 'echo', args: [name] }, result);
  }
  expect(told).toEqual([expect.stringMatching(/^Commands are missing in the log .*ENOSPC: no space left on device/)]);
  rmSync(path);
});

test('a log has no secrets', () => {
  const path = join(temporaryFolder(), 'deploy.log');
  const hide = (text: string) => text.replaceAll('hunter2', '***');
  new CommandLogFile(path, 'test', { hide, tell: () => {} }).write({ program: 'echo', args: ['hunter2'] }, result);
  expect(readFileSync(path, 'utf8')).toMatch(/here, exit status 0, 1 ms: echo '?\*\*\*'?\n/);
});
