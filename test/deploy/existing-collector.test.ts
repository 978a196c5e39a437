import { expect, test } from 'vitest';
import { findLegacy } from '../../lib/deploy/steps/collector/legacy.ts';
import { wantedSecrets } from '../../lib/deploy/steps/secrets/secret.ts';
import { inventory } from '../../lib/deploy/undeploy/inventory.ts';
import { RecordingRunner } from '../run/support/recording-runner.ts';
import { testContext } from '../run/support/test-context.ts';

const list = (...items: readonly object[]) => JSON.stringify({ items });

const existing = { delivery: 'existing', namespace: 'telemetry', service: 'agent' };

/** A cluster with the release and the objects of another system. */
function shared() {
  const runner = new RecordingRunner({
    'kubectl api-resources': 'services\n',
    'kubectl get daemonsets.apps': list({
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'otel-collector', namespace: 'telemetry' },
    }),
    'kubectl get': list(),
    'helm list': JSON.stringify([
      { name: 'otel-coralogix-integration', chart: 'c', status: 'deployed', revision: '1', updated: '' },
    ]),
  });
  return { context: testContext({ runner, collector: existing }), runner };
}

test('the key of an existing collector is no Secret that a deployment creates', () => {
  const { config } = shared().context;
  expect(wantedSecrets(config).map(({ name, namespace }) => `${namespace}/${name}`)).toEqual(['shop/shop-secrets']);
});

test('an existing collector is no legacy installation', async () => {
  const { context } = shared();
  expect(await findLegacy(context)).toMatchObject({ releases: [], legacyCollectors: [], otherDelivery: [] });
});

test('undeploy asks for nothing in the namespace of an existing collector, and removes no release', async () => {
  const { context, runner } = shared();
  const found = await inventory(context);
  expect(found.releases).toEqual([]);
  expect(runner.lines.filter((line) => line.includes('telemetry'))).toEqual([]);
});
