import { join } from 'node:path';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { only, parseManifests } from '../support/synthesized.ts';

const snapshots = join(import.meta.dirname, '__snapshots__/collector');

function collectorFiles(delivery: 'helm-values' | 'manifests', loadBalancing = true) {
  const { config, initSql } = loadSystem('config/dataprime-demo.yaml');
  const { collector } = config;
  const app = new App();
  new System(app, 'System', {
    config: {
      ...config,
      collector: { ...collector, delivery, loadBalancing: { ...collector.loadBalancing, enabled: loadBalancing } },
    },
    initSql,
  });
  return renderApp(app).filter(({ path }) => path.startsWith('15-'));
}

const manifests = collectorFiles('manifests').flatMap(({ content }) => parseManifests(content));

const reviewed = manifests.map(
  (object) => [`${object.metadata.name}.${object.kind.toLowerCase()}.yaml`, object] as const,
);

test.each(reviewed)('%s is as reviewed', async (name, object) => {
  await expect(toYaml(object)).toMatchFileSnapshot(join(snapshots, name));
});

test('Helm installs the collector unless the configuration says otherwise', () => {
  expect(collectorFiles('helm-values')).toEqual([]);
});

test('the gateway is there only where load balancing is on', () => {
  expect(collectorFiles('manifests', false).map(({ path }) => path)).toEqual([
    '15-collector-agent.yaml',
    '15-collector-cluster.yaml',
  ]);
});

test("the agent's Service has the name that the application's endpoint leads to", () => {
  const agent = collectorFiles('manifests').find(({ path }) => path === '15-collector-agent.yaml');
  expect(only(parseManifests(agent?.content ?? ''), 'Service')).toMatchObject({
    metadata: { name: 'coralogix-opentelemetry', namespace: 'coralogix' },
    spec: { internalTrafficPolicy: 'Local' },
  });
});

test('cluster-wide objects have no namespace', () => {
  for (const { kind, metadata } of manifests) {
    expect([kind, metadata.namespace]).toEqual([kind, kind.startsWith('ClusterRole') ? undefined : 'coralogix']);
  }
});
