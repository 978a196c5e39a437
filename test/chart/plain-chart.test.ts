import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../../lib/model/network/endpoint.ts';
import { resolveEndpoint } from '../../lib/model/network/resolve.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { pipelineLines } from '../model/support/chart.ts';
import { first, modelOf } from '../model/support/model-of.ts';
import { documents, podWith } from '../model/support/pod.ts';

const plain = (values: object) => modelOf(toYaml(values));
const on = { enabled: true };

// Every expectation here is what `helm template` of the chart 0.135.4 gives for the same values.
describe('the plain chart', () => {
  test('does next to nothing of itself', () => {
    const collector = first(plain({ mode: 'deployment', config: {} }).collectors);
    expect(pipelineLines(collector)).toEqual([
      'logs: otlp → memory_limiter → debug',
      'metrics: prometheus otlp → memory_limiter transform/prometheus → debug',
      'traces: otlp → memory_limiter → debug',
    ]);
    expect(collector).toMatchObject({ tier: 'other', onEveryNode: false, hostNetwork: false, hostPorts: [] });
  });

  test('does what its presets say', () => {
    const presets = { spanMetrics: { ...on, dbMetrics: { enabled: false } }, batch: on, coralogixExporter: on };
    const lines = (mode: string) => pipelineLines(first(plain({ mode, presets }).collectors));
    expect(lines('deployment')).toMatchInlineSnapshot(`
      [
        "logs: otlp → memory_limiter batch → debug coralogix",
        "metrics: spanmetrics prometheus otlp → memory_limiter transform/spanmetrics transform/prometheus batch → debug coralogix",
        "metrics/compact: spanmetrics/compact → memory_limiter transform/spanmetrics batch → coralogix",
        "metrics/db_compact: spanmetrics/db_compact → memory_limiter transform/spanmetrics batch → coralogix",
        "traces: otlp → memory_limiter transform/spanmetrics redaction/spanname batch → debug spanmetrics forward/compact forward/db_compact coralogix",
        "traces/compact: forward/compact → transform/compact batch → spanmetrics/compact",
        "traces/db_compact: forward/db_compact → filter/db_compact_spanmetrics transform/db_compact batch → spanmetrics/db_compact",
      ]
    `);
    expect(lines('daemonset')).toEqual(lines('deployment'));
  });

  test('tells dimensions by where they come from', () => {
    const presets = { spanMetrics: { ...on, extraDimensions: [{ name: 'a' }], serviceVersion: { enabled: false } } };
    const { dimensions } = first(plain({ mode: 'daemonset', presets }).collectors);
    expect(dimensions).toEqual([
      { name: 'a', origin: 'values' },
      { name: 'http.response.status_code', origin: 'error-tracking' },
      { name: 'rpc.grpc.status_code', origin: 'error-tracking' },
    ]);
  });

  test('has a tier by what it does', () => {
    const tier = (values: object) => first(plain({ config: {}, ...values }).collectors).tier;
    expect(tier({ mode: 'daemonset' })).toBe('agent');
    expect(tier({ mode: 'deployment', presets: { kubernetesEvents: on } })).toBe('cluster-collector');
    expect(
      tier({ mode: 'statefulset', config: { service: { pipelines: { traces: { processors: ['tail_sampling'] } } } } }),
    ).toBe('gateway');
  });

  test('answers to every name that its release may have', () => {
    const model = modelOf(documents(podWith({}), toYaml({ mode: 'deployment', config: {} })));
    const answer = (endpoint: string) => resolveEndpoint(model, first(model.workloads), parseEndpoint(endpoint)).kind;
    expect(answer('http://otel-opentelemetry-collector.coralogix:4317')).toBe('collector');
    expect(answer('http://opentelemetry-collector.coralogix:4317')).toBe('collector');
    expect(answer('http://otel.coralogix:4317')).toBe('no-service');
  });

  test('is selected by a Service written by hand, whatever the release', () => {
    const service = toYaml({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'otel', namespace: 'coralogix' },
      spec: {
        selector: {
          'app.kubernetes.io/name': 'opentelemetry-collector',
          'app.kubernetes.io/instance': 'whatever',
        },
      },
    });
    const model = modelOf(documents(podWith({}), service, toYaml({ mode: 'deployment', config: {} })));
    const answer = resolveEndpoint(model, first(model.workloads), parseEndpoint('http://otel.coralogix:4317'));
    expect(answer.kind).toBe('collector');
  });
});
