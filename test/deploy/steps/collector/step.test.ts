import { expect, test } from 'vitest';
import { collectorStep } from '../../../../lib/deploy/steps/collector/step.ts';
import { failed, RecordingRunner } from '../../../run/support/recording-runner.ts';
import { testContext } from '../../../run/support/test-context.ts';

const dist = { 'helm/coralogix-infra-values.yaml': 'global: { domain: eu2.coralogix.com }\n' };

async function commandsWith(gitops?: object) {
  const runner = new RecordingRunner({ 'helm version': 'v3.18.0', 'helm list': '[]' });
  const context = testContext({ runner, dist, ...(gitops && { gitops }) });
  return (await collectorStep.actions(context)).flatMap(({ commands }) => commands);
}

test('the chart is installed with the values file', async () => {
  const [install, ...others] = await commandsWith();
  expect(others).toEqual([]);
  expect(install?.args.join(' ')).toMatch(
    /^upgrade --install otel-coralogix-integration otel-integration .*--version=0\.0\.331 --namespace=coralogix --values=\S+\/helm\/coralogix-infra-values\.yaml/,
  );
});

test.each([{ tool: 'k3s' }, { tool: 'flux' }])('$tool installs it by itself', async (gitops) => {
  expect(await commandsWith(gitops)).toEqual([]);
});

test('an earlier installation that is to go is not taken for gone when it cannot be looked for', async () => {
  const runner = new RecordingRunner({ 'helm version': 'v3.18.0', '': failed('connection refused') });
  const [look, install] = await collectorStep.actions({ ...testContext({ runner, dist }), migrate: true });
  await expect(look?.prove?.()).rejects.toMatchObject({ message: expect.stringContaining('connection refused') });
  expect(install?.title, 'comes after it').toMatch(/^Helm release/);
});
