import { expect, test } from 'vitest';
import { verifyStep } from '../../../../lib/deploy/steps/verify/step.ts';
import { RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const dist = { '00-namespace.yaml': '', 'argo-cd/applications.yaml': '', 'flux/resources.yaml': '' };
const others = ['The certificate of shop.example.com is served'];

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
