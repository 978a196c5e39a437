import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemProblem } from '../../lib/run/problems.ts';

function thrown(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('a full disk of this machine says so, and what to do', () => {
  const problem = systemProblem(thrown(() => writeFileSync('/dev/full', 'text')));
  expect(problem?.problems).toEqual([
    {
      code: 'deploy/this-machine',
      message: expect.stringContaining('ENOSPC: no space left on device'),
      suggestion: 'free space on this machine (df -h shows where), then run it again',
    },
  ]);
});

test('a folder that is not there names it', () => {
  const problem = systemProblem(thrown(() => writeFileSync('/no/such/folder/file', 'text')));
  expect(problem?.message).toContain(`'/no/such/folder/file'`);
});

test('a defect is none', () => {
  expect(systemProblem(new TypeError('x is not a function'))).toBeUndefined();
});
