import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { waitFor } from '../cluster/wait.ts';
import { groupRuns } from './live-groups.ts';
import { run, start } from './process.ts';

const directory = mkdtempSync(join(tmpdir(), 'podhost-e2e-process-'));
const log = join(directory, 'log');
const seam = new URL('process.ts', import.meta.url).href;

afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('run', () => {
  test('answers with what was printed and the exit status', async () => {
    const finished = await run('sh', ['-c', 'cat; echo problem >&2; exit 3'], { input: 'in' });
    expect(finished).toEqual({ stdout: 'in', stderr: 'problem\n', exitCode: 3 });
  });

  test('does not wait for ever', async () => {
    await expect(run('sleep', ['60'], { timeoutMilliseconds: 100 })).rejects.toThrow('not finished after 0.1 s');
  });
});

describe('start', () => {
  test('writes the output to the log', async () => {
    await start('echo', ['hello'], { log }).exited;
    expect(readFileSync(log, 'utf8')).toBe('hello\n');
  });

  test('stops what does not want to, and what it started', async () => {
    const script = 'trap "" TERM; sleep 60 & echo deaf; while true; do sleep 1; done';
    const stubborn = start('sh', ['-c', script], { log });
    await waitFor('the trap', async () => readFileSync(log, 'utf8').includes('deaf') || undefined);
    expect(groupRuns(stubborn.pid)).toBe(true);
    expect(await stubborn.stop(200)).toEqual({ code: null, signal: 'SIGKILL' });
    expect(groupRuns(stubborn.pid)).toBe(false);
  });
});

describe('however the starting process ends, what it started ends too', () => {
  test.each([
    ['an interrupt', "process.kill(process.pid, 'SIGINT')"],
    ['a termination', "process.kill(process.pid, 'SIGTERM')"],
    ['a kill', "process.kill(process.pid, 'SIGKILL')"],
    ['an uncaught error', "setTimeout(() => { throw new Error('uncaught') })"],
    ['an exit', 'process.exit(0)'],
  ])('%s', async (_, end) => {
    const script = `
      const { readFileSync } = await import('node:fs');
      const { start } = await import(${JSON.stringify(seam)});
      const { pid } = start('sleep', ['600'], { log: ${JSON.stringify(log)} });
      // From here on it runs under whatever ends it.
      while (!readFileSync('/proc/' + pid + '/cmdline', 'utf8').startsWith('sleep')) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      console.log(pid);
      setTimeout(() => { ${end} }, 100);
      setInterval(() => {}, 1000);
    `;
    const { stdout } = await run('node', ['--import', 'tsx', '--input-type=module', '--eval', script]);
    const leader = Number(stdout);
    expect(leader).toBeGreaterThan(0);
    // Long before it ends by itself.
    expect(await waitFor('the end', async () => !groupRuns(leader) || undefined)).toBe(true);
  });
});
