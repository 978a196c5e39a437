import { describe, expect, test } from 'vitest';
import { preflightStep } from '../../../lib/deploy/steps/preflight.ts';
import { failed, RecordingRunner } from '../support/recording-runner.ts';
import { testContext } from '../support/test-context.ts';

const k3s = { k3s: { version: 'v1.34.4+k3s1' } };

async function titles(deploy: object = {}): Promise<string[]> {
  const runner = new RecordingRunner({ '': failed('connection refused') });
  const context = testContext({ runner, deploy });
  const actions = await preflightStep.actions({ ...context, migrate: true, steps: ['preflight', 'k3s'] });
  return actions.map(({ title }) => title);
}

describe('an earlier installation that is to be removed', () => {
  test('is not taken for gone when it cannot be looked for', async () => {
    expect(await titles()).toEqual(['Look at all that the steps need', 'Look for an earlier installation']);
  });

  test('is not looked for where a cluster is yet to be installed', async () => {
    expect(await titles(k3s)).toEqual(['Look at all that the steps need']);
  });
});
