import { describe, expect, test } from 'vitest';
import { agentOf, changedLines, pipelineLines } from '../model/support/chart.ts';

const preset = (presets: object) => changedLines(agentOf({ presets }), agentOf({}));

// Every line here is one of what `helm template` of the chart 0.0.331 gives for the same values.
describe('the pipelines of the agent', () => {
  test('are the chart’s own where values say nothing', () => {
    expect(pipelineLines(agentOf({}))).toMatchInlineSnapshot(`
      [
        "logs: filelog otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes batch → coralogix",
        "logs/resource_catalog: hostmetrics → memory_limiter resource/metadata k8sattributes resourcedetection/entity resourcedetection/region transform/entity-event → coralogix/resource_catalog",
        "metrics: hostmetrics kubeletstats prometheus/k8s_extra_metrics spanmetrics spanmetrics/db prometheus otlp statsd → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/kubeletstatscpu filter/k8s_extra_metrics transform/spanmetrics transform/prometheus batch → coralogix",
        "metrics/compact: spanmetrics/compact → memory_limiter transform/spanmetrics batch → coralogix",
        "metrics/db_compact: spanmetrics/db_compact → memory_limiter transform/spanmetrics batch → coralogix",
        "profiles: otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes/profiles transform/profiles → coralogix",
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/spanmetrics redaction/spanname transform/semconv groupbytrace/transactions coralogix batch → spanmetrics forward/db forward/compact forward/db_compact coralogix",
        "traces/compact: forward/compact → transform/compact batch → spanmetrics/compact",
        "traces/db: forward/db → filter/db_spanmetrics batch → spanmetrics/db",
        "traces/db_compact: forward/db_compact → filter/db_compact_spanmetrics transform/db_compact batch → spanmetrics/db_compact",
      ]
    `);
  });

  test('send every trace twice with loadBalancing alone', () => {
    expect(preset({ loadBalancing: { enabled: true, hostname: 'gateway' } })).toMatchInlineSnapshot(`
      [
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/spanmetrics redaction/spanname transform/semconv groupbytrace/transactions coralogix batch → spanmetrics forward/db forward/compact forward/db_compact loadbalancing coralogix",
      ]
    `);
  });

  test('hand traces to the gateway alone when the exporter leaves them out', () => {
    const coralogixExporter = { pipelines: ['metrics', 'logs'] };
    expect(preset({ loadBalancing: { enabled: true, hostname: 'gateway' }, coralogixExporter })).toMatchInlineSnapshot(`
      [
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/spanmetrics redaction/spanname transform/semconv groupbytrace/transactions coralogix batch → spanmetrics forward/db forward/compact forward/db_compact loadbalancing",
      ]
    `);
  });

  test('lose those that send nowhere', () => {
    const agent = agentOf({ presets: { coralogixExporter: { pipelines: ['none'] } } });
    expect(agent.pipelines.all.map(({ id }) => id)).toEqual([
      'logs/resource_catalog',
      'metrics/compact',
      'metrics/db_compact',
      'traces',
      'traces/compact',
      'traces/db',
      'traces/db_compact',
    ]);
  });

  test.each([
    ['batch', 'batch'],
    ['kubernetesAttributes', 'k8sattributes'],
    ['resourceDetection', 'resourcedetection/env'],
    ['metadata', 'resource/metadata'],
    ['semconv', 'transform/semconv'],
    ['transactions', 'groupbytrace/transactions'],
    ['spanMetricsSanitization', 'redaction/spanname'],
  ])('have no %s when the preset is off', (name, id) => {
    const processors = (agent: object) =>
      agentOf(agent).pipelines.all.find((pipeline) => pipeline.id === 'traces')?.processors;
    expect(processors({})).toContain(id);
    expect(processors({ presets: { [name]: { enabled: false } } })).not.toContain(id);
  });

  test('have no span metrics when the preset is off', () => {
    const agent = agentOf({ presets: { spanMetrics: { enabled: false } } });
    expect(changedLines(agent, agentOf({}))).toMatchInlineSnapshot(`
      [
        "metrics: hostmetrics kubeletstats prometheus/k8s_extra_metrics prometheus otlp statsd → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/kubeletstatscpu filter/k8s_extra_metrics transform/prometheus batch → coralogix",
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/semconv groupbytrace/transactions coralogix batch → coralogix",
      ]
    `);
    expect(agent.dimensions).toEqual([]);
  });

  test('part spans of one histogram from those of another with spanMetricsMulti', () => {
    const spanMetricsMulti = {
      enabled: true,
      configs: [{ selector: 'route() where resource.attributes["a"] == "b"', histogramBuckets: ['1s'] }],
    };
    expect(preset({ spanMetrics: { enabled: false }, spanMetricsMulti })).toMatchInlineSnapshot(`
      [
        "metrics: hostmetrics kubeletstats prometheus/k8s_extra_metrics spanmetrics/0 spanmetrics/default prometheus otlp statsd → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/kubeletstatscpu filter/k8s_extra_metrics transform/spanmetricsmulti transform/prometheus batch → coralogix",
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes redaction/spanname transform/semconv groupbytrace/transactions coralogix batch → routing coralogix",
        "traces/0: routing → batch → spanmetrics/0",
        "traces/default: routing → batch → spanmetrics/default",
      ]
    `);
  });

  test('keep only sums and counts of compact metrics when told to', () => {
    expect(
      preset({ spanMetrics: { compactMetrics: { dropHistogram: true }, spanNameReplacePattern: [{ regex: 'a' }] } }),
    ).toMatchInlineSnapshot(`
      [
        "metrics/compact: spanmetrics/compact → memory_limiter transform/spanmetrics transform/compact_histogram filter/drop_histogram batch → coralogix",
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env transform/span_name resource/metadata k8sattributes transform/spanmetrics redaction/spanname transform/semconv groupbytrace/transactions coralogix batch → spanmetrics forward/db forward/compact forward/db_compact coralogix",
      ]
    `);
  });

  test('sample the head of traces after all is counted', () => {
    expect(preset({ headSampling: { enabled: true } })).toMatchInlineSnapshot(`
      [
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/spanmetrics redaction/spanname transform/semconv groupbytrace/transactions coralogix batch → spanmetrics forward/db forward/compact forward/db_compact forward/sampled",
        "traces/sampled: forward/sampled → batch probabilistic_sampler → coralogix",
      ]
    `);
  });

  test('detect no region on premises', () => {
    const changed = changedLines(agentOf({ provider: 'on-prem' }), agentOf({}));
    expect(changed).toHaveLength(5);
    expect(changed.join()).not.toContain('resourcedetection/region');
  });

  test('wait for the supervisor', () => {
    const fleetManagement = { supervisor: { enabled: true } };
    expect(pipelineLines(agentOf({ presets: { fleetManagement } }))).toEqual([
      'logs: nop →  → nop',
      'metrics: nop →  → nop',
      'traces: nop →  → nop',
    ]);
  });
});

describe('what values configure by hand', () => {
  const config = (own: object) => agentOf({ config: own });

  test('replaces lists, and the presets add to them', () => {
    const pipelines = { traces: { processors: ['memory_limiter', 'batch', 'k8sattributes'], exporters: ['debug'] } };
    expect(changedLines(config({ service: { pipelines } }), agentOf({}))).toMatchInlineSnapshot(`
      [
        "traces: jaeger zipkin otlp → memory_limiter resourcedetection/region resourcedetection/env resource/metadata k8sattributes transform/spanmetrics redaction/spanname transform/semconv groupbytrace/transactions coralogix batch → debug spanmetrics forward/db forward/compact forward/db_compact coralogix",
      ]
    `);
  });

  test('may be a pipeline of its own, and one that sends nowhere is none', () => {
    const pipelines = {
      'logs/mine': { receivers: ['mine'], processors: [], exporters: ['debug'] },
      'logs/nowhere': { receivers: ['mine'], exporters: [] },
    };
    expect(changedLines(config({ service: { pipelines } }), agentOf({}))).toEqual(['logs/mine: mine →  → debug']);
  });

  test('wins over what a preset configures, and keeps the rest of it', () => {
    const agent = config({ processors: { k8sattributes: { extract: { metadata: ['k8s.pod.name'] } } } });
    expect(agent.config['processors']).toMatchObject({
      k8sattributes: { extract: { metadata: ['k8s.pod.name'], deployment_name_from_replicaset: true } },
    });
  });

  test('may be null, which the collector reads as its own default', () => {
    const agent = config({ receivers: { otlp: { protocols: { http: null } } }, processors: { k8sattributes: null } });
    expect(agent.config['processors']).toMatchObject({ k8sattributes: null });
    expect(agent.listeners.map(({ protocol }) => protocol)).toEqual(['grpc', 'http']);
  });

  test('is added by extraConfig', () => {
    const extraConfig = {
      processors: { 'filter/mine': {} },
      service: { pipelines: { traces: { processors: ['filter/mine'] } } },
    };
    const [traces] = changedLines(agentOf({ extraConfig }), agentOf({}));
    expect(traces).toContain('coralogix filter/mine batch →');
  });
});
