import { expect, test } from 'vitest';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { check, found } from '../../lib/run/verification.ts';
import { FastClock } from './support/fast-clock.ts';
import { RecordingRunner } from './support/recording-runner.ts';
import { testContext } from './support/test-context.ts';

const missing = () =>
  new PodhostError([{ code: 'deploy/command-failed', message: 'kubectl get x', details: ['    NotFound'] }], 3);

/** What is told, and when it came to an end, of a look that succeeds after some seconds. */
async function run(afterSeconds: number, patienceSeconds?: number) {
  const clock = new FastClock();
  const context = testContext({ runner: new RecordingRunner() });
  const told: string[] = [];
  const props = { title: 'It is so', ...(patienceSeconds === undefined ? {} : { patienceSeconds }) };
  const action = check(context, props, async () => {
    if (clock.seconds < afterSeconds) {
      throw clock.seconds < 5 ? missing() : found('not-so', 'it is half so', 'wait');
    }
    return 'so';
  });
  expect(await action.alreadySo?.((progress) => told.push(progress))).toBeUndefined();
  const failure = await action.prove?.().catch((error: PodhostError) => error.code);
  return { told: [...new Set(told)], failure, seconds: Math.round(clock.seconds) };
}

test('what is to be so at once is waited for a moment, and nothing is told', async () => {
  expect(await run(10)).toEqual({ told: [], failure: undefined, seconds: 10 });
});

test('what does not become so at once fails soon', async () => {
  const { failure, seconds } = await run(60);
  expect(failure).toBe('deploy/not-so');
  expect(seconds).toBeLessThan(20);
});

test('what somebody else brings is waited for as long as it may take, and what is missing is told', async () => {
  const { told, failure, seconds } = await run(200, 300);
  expect(failure).toBeUndefined();
  expect(seconds).toBeGreaterThanOrEqual(200);
  expect(told).toEqual(['waits for at most 300 s: NotFound', 'waits for at most 300 s: it is half so']);
});

test('what nobody brings in that time fails', async () => {
  const { failure, seconds } = await run(400, 300);
  expect(failure).toBe('deploy/not-so');
  expect(seconds).toBeLessThan(310);
});
