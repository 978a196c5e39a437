import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createProgram } from '../../lib/cli/program.ts';
import { reportFailure } from '../../lib/cli/report-failure.ts';
import { capturedRun } from './captured-run.ts';

describe('usage', () => {
  test.each([
    [['chek'], '(Did you mean check?)'],
    [['check', '--confg', 'x'], '(Did you mean --config?)'],
    [['check', '--format', 'xml'], 'Allowed choices are text, json.'],
    [['check', '--config'], 'argument missing'],
    [['check', 'config/shop.yaml'], 'too many arguments'],
    [[], 'Usage: podhost'],
  ])('%j is told on standard error, with status 2', async (args, message) => {
    const { status, stdout, stderr } = await capturedRun(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test.each([['--help'], ['help'], ['check', '--help'], ['help', 'synth']])('%s %s is no failure', async (...args) => {
    const { status, stdout, stderr } = await capturedRun(...args);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: podhost');
  });

  test('--version prints that of the package', async () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')));
    expect(await capturedRun('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each(createProgram().commands.map((command) => command.name()))(
    'the help of %s has an example that runs it',
    async (name) => {
      const { stdout } = await capturedRun(name, '--help');
      expect(stdout).toContain(`Example:\n  npm run podhost -- ${name}`);
    },
  );
});

test.each(createProgram().commands.map((command) => [command.name(), command.helpInformation()]))(
  '%s is declared alone as it is among the others',
  (name, help) => {
    const alone = createProgram(name).commands;
    expect(alone.length).toBeLessThan(3);
    expect(alone.find((command) => command.name() === name)?.helpInformation()).toBe(help);
  },
);

test('a name of no command declares all of them', () => {
  const names = (first?: string) => createProgram(first).commands.map((command) => command.name());
  expect(['sinth', '--help', 'help', 'toString'].map(names)).toEqual(Array.from({ length: 4 }, () => names()));
});

describe('an error that is no problem of the input', () => {
  const reported = (error: unknown) => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      return [reportFailure(error), write.mock.calls.map(([chunk]) => chunk).join('')];
    } finally {
      write.mockRestore();
    }
  };

  test('is called a defect, without a stack', () => {
    expect(reported(new Error('no such region'))).toEqual([
      3,
      'no such region\nThis is a defect in podhost; DEBUG=1 prints where it happened.\n',
    ]);
    expect(reported('text')).toEqual([3, 'text\nThis is a defect in podhost; DEBUG=1 prints where it happened.\n']);
  });

  test('shows where it happened when asked', () => {
    vi.stubEnv('DEBUG', '1');
    expect(reported(new Error('no such region'))[1]).toContain('run.test.ts');
    vi.unstubAllEnvs();
  });

  test('is no defect when the system refuses', () => {
    const error = Object.assign(new Error('EACCES: permission denied'), { syscall: 'open' });
    expect(reported(error)).toEqual([3, 'EACCES: permission denied\n']);
  });
});
