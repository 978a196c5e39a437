import { expect, test } from 'vitest';
import { otlpExporter } from '../../lib/collector/components/exporters.ts';
import { batch, k8sAttributes, memoryLimiter, tailSampling } from '../../lib/collector/components/processors.ts';
import { otlpReceiver } from '../../lib/collector/components/receivers.ts';
import { spanMetrics } from '../../lib/collector/components/span-metrics.ts';
import { CollectorConfiguration, type ConfiguredPipeline } from '../../lib/collector/configuration.ts';
import type { Connector, Exporter } from '../../lib/pipeline/component.ts';

const receiver = otlpReceiver();
const exporter = otlpExporter({ endpoint: 'collector:4317' });
const counts = spanMetrics(['http.method']);
const limiter = memoryLimiter();
const enrich = k8sAttributes('node');

const traces: ConfiguredPipeline = {
  id: 'traces',
  receivers: [receiver],
  processors: [limiter, enrich, batch()],
  exporters: [counts, exporter],
};
const metrics: ConfiguredPipeline = {
  id: 'metrics',
  receivers: [counts],
  processors: [batch()],
  exporters: [exporter],
};

const forward = (name: string): Connector => ({ kind: 'connector', id: `forward/${name}`, settings: {} });

const configuration = (...pipelines: ConfiguredPipeline[]) => new CollectorConfiguration({ name: 'agent', pipelines });

/** The connector with other settings, in both pipelines. */
function counting(connector: Connector): ConfiguredPipeline[] {
  return [
    { ...traces, exporters: [connector, exporter] },
    { ...metrics, receivers: [connector] },
  ];
}

const changed = (settings: Record<string, unknown>): Connector => ({
  ...counts,
  settings: { ...counts.settings, ...settings },
});

test('a sound configuration is accepted', () => {
  expect(() => configuration(traces, metrics)).not.toThrow();
});

test.each<[string, ConfiguredPipeline[], string]>([
  [
    'no memory limiter',
    [{ ...traces, processors: [enrich, batch()] }, metrics],
    'agent: pipeline traces has no memory_limiter: put one first',
  ],
  [
    'a memory limiter that comes late',
    [{ ...traces, processors: [enrich, limiter] }, metrics],
    'agent: pipeline traces: memory_limiter must come first',
  ],
  [
    'enrichment behind batching',
    [{ ...traces, processors: [limiter, batch(), enrich] }, metrics],
    'agent: pipeline traces: k8sattributes must come before batch',
  ],
  [
    'no enrichment before the span metrics',
    [{ ...traces, processors: [limiter, batch()] }, metrics],
    'agent: pipeline traces: spans reach spanmetrics without k8sattributes, so no series would name a pod',
  ],
  [
    'sampling before the span metrics',
    [{ ...traces, processors: [limiter, enrich, tailSampling([])] }, metrics],
    'agent: pipeline traces: spanmetrics must count spans before they are sampled',
  ],
  ['span metrics that nobody reads', [traces], 'agent: connector spanmetrics has no consumer'],
  [
    'span metrics that nobody feeds',
    [{ ...traces, exporters: [exporter] }, metrics],
    'agent: connector spanmetrics has no source',
  ],
  [
    'two ways out for the same spans',
    [{ ...traces, exporters: [counts, exporter, { ...exporter, id: 'otlp/second' }] }, metrics],
    'agent: traces of otlp leaves by otlp (pipeline traces) and by otlp/second (pipeline traces): keep one',
  ],
  [
    'a dimension that is named twice',
    counting(changed({ dimensions: [{ name: 'http.method' }, { name: 'http.method' }] })),
    'agent: connector spanmetrics names dimension http.method twice: the collector would not start',
  ],
  [
    'durations in seconds',
    counting(changed({ histogram: { unit: 's', explicit: { buckets: ['1s'] } } })),
    'agent: connector spanmetrics: write histogram.unit: ms',
  ],
  [
    'durations without buckets',
    counting(changed({ histogram: { unit: 'ms', explicit: { buckets: [] } } })),
    'agent: connector spanmetrics: write histogram.explicit.buckets',
  ],
])('%s is refused', (_, pipelines, message) => {
  expect(() => configuration(...pipelines)).toThrow(new Error(message));
});

test('what is wrong upstream of a connector is seen as well', () => {
  const link = forward('sampled');
  const first: ConfiguredPipeline = { ...traces, processors: [limiter, enrich, tailSampling([])], exporters: [link] };
  const second: ConfiguredPipeline = {
    id: 'traces/counted',
    receivers: [link],
    processors: [],
    exporters: [counts, exporter],
  };
  expect(() => configuration(first, second, metrics)).toThrow(
    'pipeline traces/counted: spanmetrics must count spans before they are sampled',
  );
});

test('two ways out are found behind a forward connector too', () => {
  const link = forward('copy');
  const other: Exporter = { ...exporter, id: 'otlp/copy' };
  const copy: ConfiguredPipeline = { id: 'traces/copy', receivers: [link], processors: [], exporters: [other] };
  expect(() => configuration({ ...traces, exporters: [counts, link, exporter] }, copy, metrics)).toThrow(
    'traces of otlp leaves by otlp (pipeline traces) and by otlp/copy (pipeline traces/copy): keep one',
  );
});

test('all that is wrong is said at once', () => {
  expect(() => configuration({ ...traces, processors: [batch()] })).toThrow(
    /has no memory_limiter.*without k8sattributes.*has no consumer/s,
  );
});
