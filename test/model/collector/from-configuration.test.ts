import { describe, expect, test } from 'vitest';
import { type Collector, makesSpanMetrics } from '../../../lib/model/collector/collector.ts';
import { componentType } from '../../../lib/pipeline/component.ts';
import { Glob } from '../../../lib/pipeline/glob.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { collectorManifests } from '../support/collector-manifests.ts';
import { first, modelOf } from '../support/model-of.ts';

const collectorOf = (config: object, kind?: 'Deployment'): Collector =>
  first(modelOf(collectorManifests({ config, ...(kind === undefined ? {} : { kind }) })).collectors);

const pipelines = (...ids: readonly string[]) => ({
  service: { pipelines: Object.fromEntries(ids.map((id) => [id, {}])) },
});

describe('a collector of a ConfigMap', () => {
  test('is that of the workload that mounts it', () => {
    const model = modelOf(
      collectorManifests({
        namespace: 'observe',
        hostNetwork: true,
        ports: [{ containerPort: 9411 }, { hostPort: 80 }],
      }),
    );
    expect(first(model.collectors)).toMatchObject({
      title: 'DaemonSet agent',
      tier: 'agent',
      namespace: 'observe',
      fromValues: false,
      onEveryNode: true,
      hostNetwork: true,
      hostPorts: [9411, 80, 4317],
      labels: { app: 'agent' },
      pipelines: {
        all: [{ id: 'traces', signal: 'traces', receivers: ['otlp'], processors: [], exporters: ['debug'] }],
      },
      listeners: [{ receiver: 'otlp', protocol: 'grpc', host: '0.0.0.0', port: 4317 }],
      dimensions: [],
    });
  });

  test('is found in a projected volume, once', () => {
    const volumes = [
      { name: 'a', projected: { sources: [{ secret: { name: 'x' } }, { configMap: { name: 'agent' } }] } },
      { name: 'b', configMap: { name: 'agent' } },
    ];
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'gateway', namespace: 'demo' },
      spec: { template: { spec: { volumes } } },
    };
    const model = modelOf(`${collectorManifests({})}---\n${toYaml(deployment)}`);
    expect(model.collectors.map(({ title }) => title)).toEqual(['DaemonSet agent', 'Deployment gateway']);
  });

  test.each([
    ['of another namespace', collectorManifests({}).replace('namespace: demo', 'namespace: other')],
    ['that is no YAML', collectorManifests({}).replace('receivers:', 'receivers: [')],
    ['that configures something else', collectorManifests({ config: { pipelines: [] } })],
  ])('is none %s', (_, text) => {
    expect(modelOf(text).collectors).toEqual([]);
  });

  test.each([
    [
      'cluster-collector',
      { receivers: { k8s_cluster: {} }, service: { pipelines: { m: { receivers: ['k8s_cluster'] } } } },
    ],
    ['gateway', { receivers: {}, service: { pipelines: { traces: { processors: ['tail_sampling/a'] } } } }],
    ['other', { receivers: {}, ...pipelines('traces') }],
  ])('is the %s by what it does', (tier, config) => {
    expect(collectorOf(config, 'Deployment').tier).toBe(tier);
  });
});

describe('listeners', () => {
  const listeners = (receivers: object, ...used: readonly string[]) =>
    collectorOf({ receivers, service: { pipelines: { traces: { receivers: used } } } }).listeners.map(
      ({ receiver, protocol, host, port }) => `${receiver} ${protocol} ${host} ${port}`,
    );

  test('are those of receivers that a pipeline uses', () => {
    const protocols = { grpc: { endpoint: '${env:MY_POD_IP}:4317' }, http: { endpoint: '[::]:14318' } };
    expect(
      listeners({ otlp: { protocols }, 'otlp/2': { protocols }, jaeger: { protocols } }, 'otlp', 'jaeger'),
    ).toEqual(['otlp grpc ${env:MY_POD_IP} 4317', 'otlp http [::] 14318']);
  });

  test('bind localhost when nothing else is said', () => {
    expect(listeners({ otlp: { protocols: { grpc: null, http: {} } } }, 'otlp')).toEqual([
      'otlp grpc localhost 4317',
      'otlp http localhost 4318',
    ]);
  });

  test.each([null, 'text', [], { protocols: null }, { protocols: ['grpc'] }])('are none of %j', (otlp) => {
    expect(listeners({ otlp }, 'otlp')).toEqual([]);
  });
});

describe('span metrics', () => {
  const config = (exporters: readonly string[], connectors: object) => ({
    receivers: {},
    connectors,
    service: { pipelines: { traces: { exporters } } },
  });
  const dimensions = [{ name: 'a' }, { glob: 'k8s.*' }, { other: 1 }, 'text'];

  test('have the dimensions of their connector', () => {
    const collector = collectorOf(config(['spanmetrics'], { spanmetrics: { dimensions } }));
    expect(makesSpanMetrics(collector)).toBe(true);
    expect(collector.dimensions).toEqual([
      { name: 'a', origin: 'connector-config' },
      { name: 'k8s.*', origin: 'connector-config', pattern: new Glob('k8s.*') },
      { name: 'text', origin: 'connector-config' },
    ]);
  });

  test('are none when no pipeline sends to the connector', () => {
    const collector = collectorOf(config(['debug'], { spanmetrics: { dimensions } }));
    expect(makesSpanMetrics(collector)).toBe(false);
    expect(collector.dimensions).toEqual([]);
  });

  test('are those of the connector without name where there are several', () => {
    const connectors = { 'spanmetrics/db': { dimensions: [{ name: 'db' }] }, span_metrics: { dimensions } };
    const collector = collectorOf(config(['spanmetrics/db', 'span_metrics'], connectors));
    expect(first(collector.dimensions).name).toBe('a');
  });
});

test.each([
  ['batch/traces', 'batch'],
  ['k8s_attributes/x', 'k8sattributes'],
  ['otlp_grpc', 'otlp'],
  ['constructor', 'constructor'],
])('the type of %s is %s', (id, type) => {
  expect(componentType(id)).toBe(type);
});
