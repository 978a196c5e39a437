import { afterEach, expect, test, vi } from 'vitest';
import { reportFailure } from '../../lib/cli/report-failure.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { everyHostile, expectHarmless } from '../support/hostile.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

function reported(error: unknown) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
  }
  return { status: reportFailure(error), ...written };
}

test('problems go to standard output, with the status of their error', () => {
  const { status, stdout, stderr } = reported(new PodhostError([{ code: 'a/b', message: 'no name' }], 1));
  expect([status, stdout, stderr]).toEqual([1, 'no name [a/b]\n\n1 problem\n', '']);
});

test('any other error is a defect, on one line of standard error', () => {
  const { status, stdout, stderr } = reported(new Error(`no ${everyHostile}`));
  expect([status, stdout]).toEqual([3, '']);
  expectHarmless(stderr);
  expect(stderr.split('\n')).toEqual([expect.stringMatching(/^no /), expect.stringMatching(/^This is a defect/), '']);
});

test('what the system refuses is no defect', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' });
  expect(reported(error).stderr).toBe('ENOSPC: no space left on device, write\n');
});

test('with DEBUG the calls follow, and not the message once more', () => {
  vi.stubEnv('DEBUG', '1');
  const { stderr } = reported(new Error(`no\n    at evil (${everyHostile})`));
  expectHarmless(stderr);
  expect(stderr).toMatch(/^ {4}at .*report-failure\.test/m);
});

test('what is thrown may be anything', () => {
  const { stderr } = reported(everyHostile);
  expectHarmless(stderr);
});
