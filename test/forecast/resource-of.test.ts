import { expect, test } from 'vitest';
import { resourceOf } from '../../lib/forecast/resource-of.ts';
import { tracedContainers } from '../../lib/forecast/traced-container.ts';
import { modelOf } from '../model/support/model-of.ts';
import { type SmallSystemProps, smallSystem } from '../model/support/small-system.ts';

/** The scope of each attribute behind the processors of the collector. */
function scopes(props: SmallSystemProps): Readonly<Record<string, string>> {
  const model = modelOf(smallSystem(props));
  const [traced] = tracedContainers(model);
  if (traced?.collector === undefined) throw new Error('the small system has no container that is counted');
  const processors = traced.collector.pipelines.flatMap((pipeline) => pipeline.processors);
  const labels = resourceOf(traced, traced.collector, processors);
  return Object.fromEntries([...labels].map(([name, { scope }]) => [name, scope]));
}

test('an attribute tells apart what its value or its name says', () => {
  expect(scopes({})).toMatchObject({
    'service.name': 'service',
    'k8s.deployment.name': 'service',
    'k8s.node.name': 'node',
    'k8s.pod.name': 'pod',
    'service.instance.id': 'process',
  });
});

test('an instance that is called like its pod is no process', () => {
  const OTEL_RESOURCE_ATTRIBUTES = 'k8s.pod.ip=$(POD_IP),service.instance.id=$(POD_NAME)';
  expect(scopes({ env: { OTEL_RESOURCE_ATTRIBUTES } })['service.instance.id']).toBe('pod');
});

test.each<[string, object]>([
  ['resource', { attributes: [{ action: 'delete', key: 'k8s.pod.name' }] }],
  ['transform', { trace_statements: ['delete_key(resource.attributes, "k8s.pod.name")'] }],
  ['transform/own', { trace_statements: [{ context: 'resource', statements: ['keep_keys(attributes, ["a"])'] }] }],
])('what %s takes away is not counted', (processor, its) => {
  const props = { processors: ['k8sattributes', processor], settings: { [processor]: its } };
  expect(scopes(props)).not.toHaveProperty(['k8s.pod.name']);
});

test('nothing of a pod is counted that the collector does not find', () => {
  const associations = [{ sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] }];
  const k8sattributes = { pod_association: associations };
  expect(scopes({ settings: { k8sattributes } })).not.toHaveProperty(['k8s.pod.name']);
});
