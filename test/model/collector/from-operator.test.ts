import { expect, test } from 'vitest';
import { explainService } from '../../../lib/explain/explain-service.ts';
import { readModel } from '../../../lib/model/read-model.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { collectorResource, counting, file, oven, passing, reportedOf, sendingTo } from '../operator/support.ts';
import { first } from '../support/model-of.ts';

const read = (...objects: readonly object[]) => readModel([{ file: 'app.yaml', text: file(...objects) }]);

const statuses = (...objects: readonly object[]) =>
  explainService(read(...objects), 'oven')?.hops.map(({ name, status }) => `${name} ${status}`);

test.each([
  [
    'daemonset',
    true,
    ['crumb-collector Local', 'crumb-collector-headless Local', 'crumb-collector-monitoring Cluster'],
  ],
  [
    'deployment',
    false,
    ['crumb-collector Cluster', 'crumb-collector-headless Cluster', 'crumb-collector-monitoring Cluster'],
  ],
  [
    'statefulset',
    false,
    ['crumb-collector Cluster', 'crumb-collector-headless Cluster', 'crumb-collector-monitoring Cluster'],
  ],
  ['sidecar', false, []],
])('the operator makes the Services of a collector of mode %s', (mode, onEveryNode, services) => {
  const model = read(collectorResource('crumb', 'telemetry', { mode, config: counting }));
  expect(first(model.collectors)).toMatchObject({ title: 'OpenTelemetryCollector crumb', onEveryNode });
  expect(model.services.map(({ name, internalTrafficPolicy }) => `${name} ${internalTrafficPolicy}`)).toEqual(services);
});

test('without a mode the operator makes a Deployment', () => {
  expect(first(read(collectorResource('crumb', 'telemetry', { config: counting })).collectors).onEveryNode).toBe(false);
});

test.each([
  ['a text, as in v1alpha1', 'v1alpha1', toYaml(counting), 8],
  ['a mapping, as in v1beta1', 'v1beta1', counting, 8],
])('a configuration that is %s is read with its places', (_, version, config, line) => {
  const model = read(collectorResource('crumb', 'telemetry', { mode: 'daemonset', config }, version));
  const { listeners, dimensions, pipelines, place } = first(model.collectors);
  expect(listeners).toEqual([{ receiver: 'otlp', protocol: 'grpc', host: '0.0.0.0', port: 4317 }]);
  expect(dimensions).toEqual([]);
  expect(pipelines.all.map(({ id }) => id)).toEqual(['traces', 'metrics']);
  expect(place(['receivers']).line).toBeGreaterThanOrEqual(line);
  expect(place(['service', 'pipelines', 'traces']).line).toBeGreaterThan(place(['receivers']).line);
});

test('ports of the resource come before those of its receivers, and may be ports of the node', () => {
  const ports = [
    { name: 'otlp', port: 4317, hostPort: 14317 },
    { name: 'metrics', port: 9464 },
  ];
  const model = read(collectorResource('crumb', 'telemetry', { mode: 'daemonset', config: counting, ports }));
  expect(first(model.collectors).hostPorts).toEqual([14317]);
  expect(first(model.services).ports.map(({ name, port }) => `${name} ${port}`)).toEqual(['otlp 4317', 'metrics 9464']);
});

test('a collector on the network of its node takes the ports of its receivers there', () => {
  const spec = { mode: 'daemonset', config: counting, hostNetwork: true };
  expect(first(read(collectorResource('crumb', 'telemetry', spec)).collectors).hostPorts).toEqual([4317]);
});

test('a configuration that is no YAML is reported at its line, and nothing is claimed of the collector', () => {
  const objects = [
    collectorResource('crumb', 'telemetry', { mode: 'daemonset', config: 'receivers:\n  otlp: [\n' }, 'v1alpha1'),
    oven({ env: sendingTo('http://crumb-collector-headless.telemetry:4317') }),
  ];
  expect(read(...objects).problems).toMatchObject([{ code: 'lint/valid-yaml', place: { file: 'app.yaml' } }]);
  expect(reportedOf(...objects).filter((entry) => entry.startsWith('error'))).toEqual(['error valid-yaml']);
});

test('a collector of the operator that enriches and counts is right from end to end', () => {
  const objects = [
    collectorResource('crumb', 'telemetry', { mode: 'daemonset', config: counting }),
    oven({ env: sendingTo('http://crumb-collector.telemetry:4317') }),
  ];
  expect(reportedOf(...objects)).toEqual([]);
  expect(statuses(...objects)?.slice(0, 6)).toEqual([
    'SDK ok',
    'address ok',
    'node ok',
    'receiver ok',
    'processors ok',
    'spanmetrics ok',
  ]);
});

test('a collector of the operator that neither enriches nor counts is two errors', () => {
  const bare = { ...counting, service: { pipelines: { traces: { receivers: ['otlp'], exporters: ['debug'] } } } };
  const objects = [
    collectorResource('crumb', 'telemetry', { mode: 'daemonset', config: bare }),
    oven({ env: sendingTo('http://crumb-collector.telemetry:4317') }),
  ];
  expect(reportedOf(...objects)).toEqual(
    expect.arrayContaining(['error require-span-metrics-collector', 'error require-pod-attributes']),
  );
  expect(statuses(...objects)).toEqual(expect.arrayContaining(['processors broken', 'spanmetrics broken']));
});

test('the headless Service of a DaemonSet leads to the agents of other nodes, too', () => {
  const objects = [
    collectorResource('crumb', 'telemetry', { mode: 'daemonset', config: counting }),
    oven({ env: sendingTo('http://crumb-collector-headless.telemetry:4317') }),
  ];
  expect(statuses(...objects)).toContain('node broken');
  expect(reportedOf(...objects)).toContain('error require-node-local-agent');
});

test('a Service of the operator has the ports of the receivers alone', () => {
  const objects = [
    collectorResource('crumb', 'telemetry', { mode: 'daemonset', config: counting }),
    oven({
      env: { ...sendingTo('http://crumb-collector.telemetry:4318'), OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' },
    }),
  ];
  expect(statuses(...objects)).toContain('address broken');
  expect(reportedOf(...objects)).toContain('error valid-service-reference');
});

test('a variable that a collector of the operator takes its key from is looked for in the resource', () => {
  const exporters = { coralogix: { domain: 'eu2.coralogix.com', private_key: '${env:BAKERY_KEY}' } };
  const pipelines = { traces: { receivers: ['otlp'], exporters: ['coralogix'] } };
  const spec = (env: object[]) => ({ config: { ...passing(''), exporters, service: { pipelines } }, env });
  const key = { name: 'BAKERY_KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'KEY' } } };
  const rule = (entry: string) => entry.endsWith('require-private-key-variable');
  expect(reportedOf(collectorResource('crumb', 'telemetry', spec([]))).filter(rule)).toHaveLength(1);
  expect(reportedOf(collectorResource('crumb', 'telemetry', spec([key]))).filter(rule)).toEqual([]);
});

test('the argument set of its command stands above its configuration', () => {
  const args = { set: 'service.pipelines.traces.exporters=[debug]' };
  const { pipelines } = first(read(collectorResource('crumb', 'telemetry', { args, config: counting })).collectors);
  expect(pipelines.of('traces').map(({ exporters }) => exporters)).toEqual([['debug']]);
});
