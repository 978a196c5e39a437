import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../lib/run/command/command.ts';
import { CommandLogFile } from '../../../lib/run/command/command-log.ts';
import { SecretMask } from '../../../lib/run/command/secret-mask.ts';
import { SpawnedCommands, type SpawnedCommandsProps } from '../../../lib/run/command/spawned-commands.ts';
import { variableName } from '../../../lib/text/variable-name.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const secret = 'hunter2-hunter2';

function commands(props: Partial<SpawnedCommandsProps> = {}) {
  const environment = { PATH: process.env['PATH'], API_KEY: secret };
  const mask = new SecretMask({ names: ['API_KEY'], environment });
  const log = new CommandLogFile(join(temporaryFolder(), 'state', 'deploy.log'), 'test', {
    hide: (text) => mask.hide(text),
    report: () => {},
  });
  const { signal } = new AbortController();
  return { log, runner: new SpawnedCommands({ signal, environment, mask, log, graceMilliseconds: 300, ...props }) };
}

const sh = (script: string, more: Partial<Command> = {}): Command => ({ program: 'sh', args: ['-c', script], ...more });

describe('a command', () => {
  test('the result of a command has its exit status and output', async () => {
    const result = await commands().runner.run(sh('echo out; echo err >&2; exit 7'));
    expect(result).toMatchObject({ exitStatus: 7, stdout: 'out\n', stderr: 'err' });
  });

  test('that is not installed says so', async () => {
    const { exitStatus, stderr } = await commands().runner.run({ program: 'no-such-program', args: [] });
    expect([exitStatus, stderr]).toEqual([undefined, 'no-such-program is not installed, or not on the PATH']);
  });

  test('lines of output are reported as they arrive, with secrets masked', async () => {
    const lines: string[] = [];
    await commands().runner.run(sh(`echo one; echo ${secret}`), { onLine: (line) => lines.push(line) });
    expect(lines).toEqual(['one', '***API_KEY***']);
  });

  test('gets secrets on its input, which can be opened by its name, and not in its environment', async () => {
    const { runner } = commands();
    const input = { secrets: [variableName('API_KEY')] };
    const counted = await runner.run({ program: 'wc', args: ['-c', '/dev/stdin'], input });
    expect(counted.stdout).toMatch(/^24 /);
    expect((await runner.run(sh('echo "${API_KEY-unset}"'))).stdout).toBe('unset\n');
    expect((await runner.run({ program: 'cat', args: [], input })).stdout).toBe('API_KEY=***API_KEY***\n');
  });

  test('reads texts, files and what others print', async () => {
    const { runner, log } = commands();
    expect((await runner.run(sh('cat', { input: { text: 'text' } }))).stdout).toBe('text');
    expect((await runner.run(sh('head -c 8', { input: { file: log.path } }))).stdout).toBe(
      readFileSync(log.path, 'utf8').slice(0, 8),
    );
    const from = sh('tr a-z A-Z', { input: { from: sh('echo abc') } });
    expect((await runner.run(sh('cat; echo end', { input: { from } }))).stdout).toBe('ABC\nend\n');
  });

  test('runs on the host by way of what wraps it', async () => {
    const wrapForHost = ({ program, args }: Command) => ({ program: 'echo', args: ['ssh', program, ...args] });
    const { runner } = commands({ wrapForHost });
    expect((await runner.run(sh('true', { on: 'host' }))).stdout).toBe('ssh sh -c true\n');
  });
});

describe('a pipe', () => {
  test('fails when its beginning does', async () => {
    const { exitStatus, stderr } = await commands().runner.run(
      sh('cat', { input: { from: sh('echo broken >&2; exit 3') } }),
    );
    expect([exitStatus, stderr]).toEqual([3, 'broken']);
  });
});

test.each([
  ['the first command failed', [3, 0, 0], 3],
  ['the middle command failed', [0, 4, 0], 4],
  ['the last command failed', [0, 0, 5], 5],
  ['several commands failed', [3, 4, 0], 4],
  ['every command failed', [3, 4, 5], 5],
  ['no command failed', [0, 0, 0], 0],
] as const)('the status of a pipe is that of its last failed command when %s', async (_, statuses, expected) => {
  const [first, middle, last] = statuses.map((status) => `cat > /dev/null; exit ${status}`);
  const from = sh(middle ?? '', { input: { from: sh(first ?? '') } });
  const { exitStatus } = await commands().runner.run(sh(last ?? '', { input: { from } }));
  expect(exitStatus).toBe(expected);
});

describe('an end from outside', () => {
  test('comes when it takes too long, for all that it has started', async () => {
    const started = performance.now();
    const result = await commands().runner.run(sh('sleep 30 & sleep 30', { timeoutSeconds: 0.2 }));
    expect(result).toMatchObject({ exitStatus: undefined, stderr: 'it took longer than 0.2 s' });
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('is asked for first, and insisted on', async () => {
    const controller = new AbortController();
    const { runner } = commands({ signal: controller.signal, graceMilliseconds: 2_000 });
    let ready = 0;
    const onLine = (line: string) => {
      ready += line === 'ready' ? 1 : 0;
      if (ready === 2) {
        controller.abort('Ctrl-C');
      }
    };
    const [polite, stubborn] = await Promise.all([
      runner.run(sh('trap "echo cleaned; exit 0" TERM; echo ready; sleep 30 & wait'), { onLine }),
      runner.run(sh('trap "" TERM; echo ready; while :; do sleep 0.05; done'), { onLine }),
    ]);
    expect(polite).toMatchObject({ exitStatus: undefined, stdout: 'ready\ncleaned\n', stderr: 'it was stopped' });
    expect(stubborn).toMatchObject({ exitStatus: undefined, stderr: 'it was stopped' });
    expect(await runner.run(sh('echo x'))).toMatchObject({ exitStatus: undefined, stdout: '' });
    expect(await runner.run(sh('echo x'), { always: true })).toMatchObject({ exitStatus: 0, stdout: 'x\n' });
  });
});

describe('the log', () => {
  test('has each command for its owner only, and no secret', async () => {
    const { runner, log } = commands();
    await runner.run(
      sh(`echo ${secret}; echo token=${secret} >&2; rev >&2; exit 2`, { input: { text: '"ihg-fed-cba" :drowssap' } }),
    );
    await runner.run({ program: 'cat', args: [], on: 'host', input: { secrets: [variableName('API_KEY')] } });
    const text = readFileSync(log.path, 'utf8');
    expect(statSync(log.path).mode & 0o777).toBe(0o600);
    expect(text).toMatch(/here, exit status 2, \d+ ms: sh -c/);
    expect(text).toMatch(/host, exit status 0, \d+ ms: printf '%s\\n' "API_KEY=\$API_KEY" \| cat/);
    expect(text).not.toMatch(/abc-def-ghi|hunter2/);
  });
});
