import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { waitFor } from '../cluster/wait.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { Terminal } from '../support/terminal.ts';
import { type Change, changes } from './changes.ts';
import type { Ended } from './deployment.ts';
import { type HoldOptions, startWatchedBed, success, type WatchedBed } from './watched-bed.ts';

vi.setConfig({ testTimeout: 300_000 });

const { path: folder, remove } = temporaryFolder();
let watched: WatchedBed;

beforeAll(async () => {
  watched = await startWatchedBed(folder);
});

afterAll(async () => {
  await watched?.bed.stop();
  remove();
});

/** What is asked for, so that the step is the first that does something, and what would follow. */
const runOf: Readonly<Record<string, { readonly args: readonly string[]; readonly next: string }>> = {
  preflight: { args: [], next: 'k3s, compose, images, secrets, collector, operator, apply, restart, verify' },
  secrets: { args: ['--only', 'secrets', 'collector'], next: 'collector' },
  collector: { args: ['--only', 'collector', 'apply'], next: 'apply' },
  apply: { args: ['--only', 'apply', 'restart'], next: 'restart' },
  restart: { args: ['--only', 'restart', 'verify'], next: 'verify' },
};

/** A run has stopped, has said where, and has left nothing behind but what it had done. */
async function expectStopped({ status, output }: Ended, expected: { status: number; by: string; step: string }) {
  expect.soft(output).toContain(`stopped by ${expected.by}`);
  expect.soft(output).not.toMatch(/did not end|not run: the run was stopped|up to date, [^\n]*stopped|defect/);
  expect.soft(output).not.toMatch(success);
  expect.soft(output).toContain(`Stopped in step ${expected.step}`);
  expect.soft(status).toBe(expected.status);
  expect.soft(await watched.leaseHolder()).toBeUndefined();
  await watched.expectNothingRuns();
}

/** Ctrl-C while a call of the step is at work. */
async function interruptAt(step: string, call: string, options: HoldOptions = {}): Promise<void> {
  const { args = [], next } = runOf[step] ?? {};
  const { process, ended, held } = await watched.startUntil(call, ['deploy', ...args], options);
  process.kill('SIGINT');
  const end = await ended;
  held.release();
  await expectStopped(end, { status: 130, by: 'Ctrl-C', step });
  expect.soft(end.output, call).toContain(`Completed: nothing. Not started: ${next}.`);
}

describe('Ctrl-C while a step looks', () => {
  test.each([
    ['preflight', ['kubectl version --client*', 'helm show chart*', 'kubectl apply * --dry-run=server*']],
    ['secrets', ['kubectl get secret coralogix-keys*', 'kubectl get namespace *']],
    ['collector', ['helm list*', 'helm version*', 'helm get values*']],
    ['apply', ['kubectl api-resources*', 'kubectl get configmaps,*', 'kubectl get deployments,*--selector=*']],
    ['restart', ['kubectl get pods*', 'kubectl get secret*jsonpath*']],
  ])('%s stops there and says so, and the next run completes', async (step, looks) => {
    for (const call of looks) await interruptAt(step, call);
    await watched.complete(step);
  });
});

test.each([
  { what: 'a dry run', args: ['deploy', '--dry-run', '--only', 'apply'], never: '#!/bin/sh' },
  { what: 'undeploy', args: ['undeploy', '--yes'], never: 'This goes' },
])('Ctrl-C while $what only looks says so, and shows nothing half', async ({ args, never }) => {
  const { process, ended, held } = await watched.startUntil('kubectl get configmaps,*', args);
  process.kill('SIGINT');
  const { status, output } = await ended;
  held.release();
  expect(output).toContain('stopped by Ctrl-C');
  expect(output).not.toContain(never);
  expect(status).toBe(130);
  await watched.expectNothingRuns();
  await watched.complete('verify');
});

describe('Ctrl-C while a step changes something', () => {
  test.each<Change>(changes)('$step stops at $call, and the next run completes', async (change) => {
    await change.prepare?.(watched);
    await interruptAt(change.step, change.call, change);
    await change.allow?.(watched);
    await watched.complete(change.step);
  });
});

test.each(['kubectl get lease*', 'kubectl replace*'])(
  'Ctrl-C while the Lease is taken (%s) gives it back',
  async (call) => {
    const { process, ended, held } = await watched.startUntil(call, ['deploy', '--only', 'secrets']);
    process.kill('SIGINT');
    await said(process.log, 'Stopping');
    held.release();
    await expectStopped(await ended, { status: 130, by: 'Ctrl-C', step: 'secrets' });
    await watched.complete('secrets');
  },
);

/** Returns when the run has said it. */
const said = (log: string, text: string) =>
  waitFor(text, async () => readFileSync(log, 'utf8').includes(text) || undefined);

test('a second Ctrl-C ends at once what does not end by itself', async () => {
  await watched.synth([[['clusterName'], 'another']]);
  const args = ['deploy', '--only', 'collector'];
  const { process, ended, held } = await watched.startUntil('helm upgrade*', args, { isDeaf: true });
  process.kill('SIGINT');
  await said(process.log, 'Stopping: waiting for the running commands to end. A second signal kills them.');
  const started = performance.now();
  process.kill('SIGINT');
  const end = await ended;
  // It is insisted on after half a minute anyway.
  expect(performance.now() - started).toBeLessThan(15_000);
  held.release();
  await expectStopped(end, { status: 130, by: 'Ctrl-C', step: 'collector' });
  await watched.synth();
  await watched.complete('collector');
});

test.each([
  { signal: 'SIGTERM', status: 143, by: 'SIGTERM' },
  { signal: 'SIGHUP', status: 129, by: 'the end of the terminal' },
] as const)('$signal stops as Ctrl-C does, with the exit status $status', async ({ signal, ...expected }) => {
  const { process, ended, held } = await watched.startUntil('kubectl api-resources*', ['deploy', '--only', 'apply']);
  process.kill(signal);
  const end = await ended;
  held.release();
  await expectStopped(end, { ...expected, step: 'apply' });
  await watched.complete('apply');
});

describe('on a terminal', () => {
  const args = ['deploy', '--only', 'secrets', 'restart'];
  const call = 'kubectl get pods*';
  let terminal: Terminal;

  beforeAll(async () => {
    terminal = await Terminal.at(join(folder, 'keyboard'));
  });

  afterAll(() => terminal.close());

  test('the keys Ctrl-C stop the run', async () => {
    const { ended, held } = await watched.startUntil(call, args, { through: terminal.through });
    terminal.type('\x03');
    const end = await ended;
    held.release();
    await expectStopped(end, { status: 130, by: 'Ctrl-C', step: 'restart' });
    await watched.complete('restart');
  });

  test('that is closed, the run takes its leave, and the next one completes', async () => {
    const { process, held } = await watched.startUntil(call, args, { through: terminal.through });
    // That of the terminal, and not of what runs on it.
    process.kill('SIGKILL');
    const given = async () => (await watched.leaseHolder()) === undefined || undefined;
    await waitFor('the return of the Lease', given);
    held.release();
    await watched.expectNothingRuns();
    await watched.complete('restart');
  });
});
