import { expect, test } from 'vitest';
import { broken, type HopCheck, inTransition, proven } from '../../lib/verify/check.ts';
import { hops } from '../../lib/verify/hop.ts';
import { changeLines } from '../../lib/verify/output/changes.ts';
import { headlineOf, rowOf } from '../../lib/verify/verdict.ts';
import type { Verification } from '../../lib/verify/verification.ts';
import { withoutSleeps } from '../support/without-sleeps.ts';
import { changeObjects, setIn } from './support/changes.ts';
import { healthySystem } from './support/healthy-system.ts';
import { startVerify } from './support/run-verify.ts';

withoutSleeps();

function verificationWith(...checks: readonly HopCheck[]): Verification {
  const rows = [rowOf({ name: 'api', isSystem: false, workload: 'Deployment shop/api', checks }, hops)];
  return { time: '2026-01-01T10:20:30.000Z', sources: [], hops, rows, headline: headlineOf(rows) };
}

const rollingOut = (count: number) =>
  verificationWith(inTransition('rollout/complete', `${count} of 3 pods are ready`), proven('spans/arrive', '9 spans'));

test.each<[name: string, verification: Verification, before: Verification | undefined, lines: readonly string[]]>([
  [
    'the first run shows what is not proven',
    rollingOut(1),
    undefined,
    [
      '10:20:30 api 3 rollout: … 1 of 3 pods are ready',
      '10:20:30 api: rollout is in transition: 1 of 3 pods are ready',
    ],
  ],
  ['a run that is like the one before shows nothing', rollingOut(1), rollingOut(1), []],
  [
    'another reason of the same status is shown',
    rollingOut(2),
    rollingOut(1),
    [
      '10:20:30 api 3 rollout: … 2 of 3 pods are ready',
      '10:20:30 api: rollout is in transition: 2 of 3 pods are ready',
    ],
  ],
  [
    'another status is shown with the one before, and other counts of what is proven are not',
    verificationWith(proven('rollout/complete', '3 of 3'), proven('spans/arrive', '12 spans')),
    rollingOut(2),
    ['10:20:30 api 3 rollout: … → ✓', '10:20:30 1 of 1 service is proven'],
  ],
  [
    'a line break in a message begins no line',
    verificationWith(broken('rollout/complete', 'one\ntwo')),
    rollingOut(2),
    [
      expect.stringMatching(/^10:20:30 api 3 rollout: … → ✗ one\S*two$/),
      expect.stringMatching(/^10:20:30 .*one\S*two$/),
      // The hop that is not there any more is no change of another one.
    ],
  ],
])('of --watch %s', (_, verification, before, lines) => {
  expect(changeLines(verification, before)).toEqual(lines);
});

test('--watch shows changes until Ctrl-C, and ends with the status of the last result', async () => {
  const system = healthySystem();
  changeObjects('Deployment', 'api-gateway', (object) => {
    setIn(object, ['status', 'updatedReplicas'], 1);
  })(system);
  const { run, kubernetes } = await startVerify(system, { args: ['--only', 'rollout', '--watch'] });
  const original = kubernetes.requests.push.bind(kubernetes.requests);
  let runs = 0;
  kubernetes.requests.push = (...requests) => {
    runs += requests.filter((request) => request.endsWith('/version')).length;
    if (runs === 3) {
      process.emit('SIGINT');
    }
    return original(...requests);
  };
  const { stdout, status } = await run();
  expect(stdout.match(/api-gateway 3 rollout: … the rollout is under way/g)).toHaveLength(1);
  expect(stdout).toContain('NOT PROVEN  api-gateway: rollout is in transition');
  expect(status).toBe(3);
});

test.each([
  [['--watch', '--wait', '1m'], 'leave out one of the two options'],
  [['--watch', '--format', 'json'], 'write: --format text'],
])('%s is a wrong usage', async (options, suggestion) => {
  const { run } = await startVerify(healthySystem());
  const { status, stdout } = await run(...options);
  expect([status, stdout]).toEqual([2, expect.stringContaining(suggestion)]);
});
