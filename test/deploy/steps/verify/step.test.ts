import { describe, expect, test } from 'vitest';
import { verifyStep } from '../../../../lib/deploy/steps/verify/step.ts';
import type { PodhostError } from '../../../../lib/problems/podhost-error.ts';
import { FastClock } from '../../../run/support/fast-clock.ts';
import { failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const dist = { '00-namespace.yaml': '', 'argo-cd/applications.yaml': '', 'flux/resources.yaml': '' };
const others = ['Coralogix accepts the key', 'The certificate of shop.example.com is served'];

test.each<[tool: string, gitops: object | undefined, titles: readonly string[]]>([
  ['no GitOps tool', undefined, others],
  ['k3s', { tool: 'k3s' }, ['k3s has installed the collector', ...others]],
  [
    'Argo CD',
    { tool: 'argo-cd', repository: 'https://git.example.com/shop.git' },
    ['Argo CD has delivered the system', ...others],
  ],
  ['Flux', { tool: 'flux' }, ['Flux has delivered the system', ...others]],
])('the step verifies with %s what the hops of a span do not show', async (_, gitops, titles) => {
  const runner = new RecordingRunner({});
  const actions = await verifyStep.actions(testContext({ runner, dist, ...(gitops === undefined ? {} : { gitops }) }));
  expect(actions.map(({ title }) => title)).toEqual(titles);
});

describe('an agent that comes after a minute', () => {
  /** How the verification of the key ended, and after how many seconds. */
  async function proof(gitops?: object) {
    const clock = new FastClock();
    const agent = JSON.stringify({ spec: { selector: { matchLabels: { app: 'agent' } } } });
    const runner = new RecordingRunner({
      'kubectl get daemonset': () =>
        clock.seconds < 60 ? failed('Error from server (NotFound): daemonsets.apps not found') : agent,
      'kubectl logs': 'info service started',
    });
    const actions = await verifyStep.actions(testContext({ runner, dist, ...(gitops && { gitops }) }));
    const action = actions.find(({ title }) => title === 'Coralogix accepts the key');
    const failure = await action?.verify?.().catch((error: PodhostError) => error.code);
    return { failure, isPatient: clock.seconds >= 60 };
  }

  test('is waited for where a GitOps tool installs it', async () => {
    expect(await proof({ tool: 'k3s' })).toEqual({ failure: undefined, isPatient: true });
  });

  test('is missing where it was installed before', async () => {
    expect(await proof()).toEqual({ failure: 'deploy/command-failed', isPatient: false });
  });
});
