import { expect, test } from 'vitest';
import { resourceOf } from '../../lib/forecast/resource-of.ts';
import { tracedContainers } from '../../lib/forecast/traced-container.ts';
import { modelOf } from '../model/support/model-of.ts';
import { collector, type SmallSystemProps, smallSystem } from '../model/support/small-system.ts';

/** The scope of each attribute behind the processors of the collector. */
function scopes(props: SmallSystemProps): Readonly<Record<string, string>> {
  const model = modelOf(smallSystem(props));
  const [traced] = tracedContainers(model);
  if (traced?.collector === undefined) throw new Error('the small system has no container that is counted');
  const processors = traced.collector.pipelines.all.flatMap((pipeline) => pipeline.processors);
  const labels = resourceOf(traced, traced.relays, traced.collector, processors);
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

test('what is known tells nothing apart, whatever it is called', () => {
  const OTEL_RESOURCE_ATTRIBUTES = 'service.instance.id=one,host.name=$(SECRET)';
  const SECRET = { secretKeyRef: { name: 'a', key: 'b' } };
  const attributes = [
    { action: 'upsert', key: 'k8s.pod.name', value: 'none' },
    { action: 'upsert', key: 'k8s.node.uid', value: '${env:NODE_UID}' },
  ];
  const props = { env: { SECRET, OTEL_RESOURCE_ATTRIBUTES }, processors: ['resource'] };
  expect(scopes({ ...props, settings: { resource: { attributes } } })).toMatchObject({
    'service.instance.id': 'service',
    'host.name': 'service',
    'k8s.pod.name': 'service',
    'k8s.node.uid': 'node',
  });
});

test('a copy tells apart what its source does', () => {
  const copy = (key: string, from_attribute: string) => ({ action: 'upsert', key, from_attribute });
  const attributes = [
    copy('one', 'service.instance.id'),
    copy('two', 'one'),
    copy('three', 'k8s.pod.ip'),
    { action: 'hash', key: 'three' },
    copy('host.name', 'service.name'),
    { action: 'extract', key: 'k8s.pod.ip', pattern: '^(?P<network>.*)[.]' },
  ];
  const transform = { trace_statements: ['set(resource.attributes["four"], resource.attributes["one"])'] };
  const settings = { resource: { attributes }, transform };
  expect(scopes({ processors: ['resource', 'transform'], settings })).toMatchObject({
    one: 'process',
    two: 'process',
    three: 'pod',
    four: 'process',
    'host.name': 'service',
    network: 'pod',
  });
});

test('the hostname of a pod tells pods apart, the pod of a collector only collectors', () => {
  const env = [
    { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'agent=$(POD)' },
  ];
  const k8sattributes = { extract: { metadata: ['k8s.pod.hostname'] } };
  const props = {
    collectorPod: { containers: [{ name: 'otelcol', image: 'otelcol:1', env }] },
    processors: ['k8sattributes', 'resource_detection'],
    settings: { k8sattributes },
  };
  expect(scopes(props)).toMatchObject({ 'k8s.pod.hostname': 'pod', agent: 'node' });
});

test.each<[string, object]>([
  ['resource', { attributes: [{ action: 'delete', key: 'k8s.pod.name' }] }],
  ['transform', { trace_statements: ['delete_key(resource.attributes, "k8s.pod.name")'] }],
  [
    'transform/own',
    { trace_statements: [{ context: 'resource', statements: ['keep_keys(attributes, ["service.name"])'] }] },
  ],
])('what %s takes away is not counted', (processor, its) => {
  const props = { processors: ['k8sattributes', processor], settings: { [processor]: its } };
  expect(scopes(props)).not.toHaveProperty(['k8s.pod.name']);
});

test('nothing of a pod is counted that the collector does not find', () => {
  const associations = [{ sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] }];
  const k8sattributes = { pod_association: associations };
  expect(scopes({ settings: { k8sattributes } })).not.toHaveProperty(['k8s.pod.name']);
});

test('what a collector adds that passes spans on is counted behind it', () => {
  const gateway = collector({ processors: [] }, 'gateway');
  const exporterSettings = { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } };
  expect(scopes({ exporters: ['otlp'], exporterSettings, more: gateway })).toMatchObject({ 'k8s.pod.name': 'pod' });
});
