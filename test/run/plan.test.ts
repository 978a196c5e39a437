import { describe, expect, test } from 'vitest';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { planSteps } from '../../lib/run/plan.ts';
import type { Step } from '../../lib/run/step.ts';
import { currentState } from '../../lib/run/step.ts';
import { RecordingRunner } from './support/recording-runner.ts';
import { testContext } from './support/test-context.ts';

const unreachable = () => Promise.reject(new PodhostError([{ code: 'test/error', message: 'no cluster' }], 3));
const step = (actions: Step<string>['actions']): Step<string> => ({ name: 'one', title: 'One', actions });

describe('a plan', () => {
  test('a plan contains the reason for an unknown state', async () => {
    expect(await planSteps([step(unreachable)], testContext({ runner: new RecordingRunner() }))).toEqual([
      { name: 'one', title: 'One', actions: [], unknown: 'no cluster' },
    ]);
  });

  test('marks where a deployment would stop because the input is wrong', async () => {
    const wrong = () => Promise.reject(new PodhostError([{ code: 'test/error', message: 'no', details: ['  such'] }]));
    const action = { title: 'Look', commands: [], upToDate: wrong };
    const context = testContext({ runner: new RecordingRunner() });
    expect(await planSteps([step(wrong), step(async () => [action])], context)).toEqual([
      { name: 'one', title: 'One', actions: [], refused: 'no' },
      { name: 'one', title: 'One', actions: [{ action, refused: 'no' }] },
    ]);
  });

  test('goes on without what could not be asked, and keeps the reason', async () => {
    const context = testContext({ runner: new RecordingRunner() });
    const asks = step(async (given) => [
      { title: `Make ${await currentState(given, unreachable)}`, commands: [], upToDate: unreachable },
    ]);
    expect(await planSteps([asks], context)).toMatchObject([
      { unknown: 'no cluster', actions: [{ action: { title: 'Make undefined' }, unknown: 'no cluster' }] },
    ]);
    await expect(asks.actions(context), 'a run fails there').rejects.toThrow('no cluster');
  });

  test('that is stopped is none', async () => {
    const controller = new AbortController();
    const stopped = step(() => {
      controller.abort('Ctrl-C');
      return unreachable();
    });
    const context = testContext({ runner: new RecordingRunner(), signal: controller.signal });
    await expect(planSteps([stopped], context)).rejects.toThrow('stopped by Ctrl-C');
  });
});
