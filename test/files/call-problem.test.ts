import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { callProblem, fileRemedy, onFile } from '../../lib/files/call-problem.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { systemError } from '../support/file-calls.ts';

describe('a failed call to the file system', () => {
  test.each([
    ['ENOSPC', 'file/no-space', 3],
    ['EDQUOT', 'file/no-space', 3],
    ['EROFS', 'file/read-only', 3],
    ['EACCES', 'file/no-permission', 3],
    ['EPERM', 'file/not-permitted', 3],
    ['EXDEV', 'file/other-device', 3],
    ['EMFILE', 'file/open-files', 3],
    ['ENFILE', 'file/open-files', 3],
    ['EIO', 'file/device', 3],
    ['EBUSY', 'file/busy', 3],
    ['ENOENT', 'file/missing', 2],
    ['EEXIST', 'file/exists', 2],
    ['EISDIR', 'file/is-folder', 2],
    ['ENOTDIR', 'file/not-folder', 2],
    ['ELOOP', 'file/link', 2],
    ['ENAMETOOLONG', 'file/long-name', 2],
  ])('%s names the path and a remedy, as %s with exit status %i', (code, expected, exitStatus) => {
    const error = callProblem(systemError(code), { path: 'dist/a.yaml' });
    expect(error).toBeInstanceOf(PodhostError);
    expect([error?.code, error?.exitStatus]).toEqual([expected, exitStatus]);
    expect(error?.problems[0]).toMatchObject({
      message: expect.stringMatching(`^dist/a.yaml cannot be written: .* \\(write: ${code}\\)$`),
      suggestion: expect.stringMatching(/^[a-z]/),
    });
  });

  test('of a number that nobody expects is no defect either', () => {
    const error = callProblem(systemError('EWHATEVER'), { path: 'dist' });
    expect([error?.code, error?.exitStatus]).toEqual(['file/failed', 3]);
    expect(error?.message).toBe('dist cannot be written: the system call failed (write: EWHATEVER)');
  });

  test('proposes what the caller can name instead', () => {
    const props = { path: 'dist', otherwise: 'choose another folder with --output DIR' };
    const suggestion = (code: string) => callProblem(systemError(code), props)?.problems[0]?.suggestion;
    expect(suggestion('ENOTDIR')).toBe('choose another folder with --output DIR');
    expect(suggestion('EROFS')).toBe('mount it for writing, or choose another folder with --output DIR');
  });

  test('names the path of the error when nobody else knows it', () => {
    expect(() => onFile({}, () => readFileSync('/no/such/file'))).toThrow(
      '/no/such/file cannot be read: the path does not exist (open: ENOENT)',
    );
  });
});

test.each([
  ['a defect', new TypeError('x is not a function')],
  ['a program that cannot be started', systemError('ENOENT', 'spawn kubectl')],
  ['a refused connection', systemError('ECONNREFUSED', 'connect')],
  ['no error at all', 'text'],
])('%s is no problem of a file, and is thrown on as it is', (_, error) => {
  expect([callProblem(error), fileRemedy(error)]).toEqual([undefined, undefined]);
  const throwing = () =>
    onFile({}, () => {
      throw error;
    });
  expect(throwing).toThrow(error instanceof Error ? error : String(error));
});
