import { describe, expect, test } from 'vitest';
import { planSteps } from '../../../lib/deploy/engine/planned-step.ts';
import type { Step } from '../../../lib/deploy/step.ts';
import { PodhostError } from '../../../lib/problems/podhost-error.ts';
import { RecordingRunner } from '../support/recording-runner.ts';
import { testContext } from '../support/test-context.ts';

const unreachable = () => Promise.reject(new PodhostError([{ code: 'test/error', message: 'no cluster' }], 3));
const step = (actions: Step<string>['actions']): Step<string> => ({ name: 'one', title: 'One', actions });

describe('a plan', () => {
  test('says why it could not be told what a step would do', async () => {
    expect(await planSteps([step(unreachable)], testContext({ runner: new RecordingRunner() }))).toEqual([
      { name: 'one', title: 'One', actions: [], unknown: 'no cluster' },
    ]);
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
