import { type Change, changeSeries, changeSpans, withoutLabel } from '../../test/verify/support/changes.ts';
import type { Break } from './break.ts';

const spansOf =
  (service: string | undefined, age?: number): Change =>
  (system) => {
    system.spans = system.spans.flatMap((spans) =>
      service !== undefined && spans.service !== service ? [spans] : age === undefined ? [] : [{ ...spans, age }],
    );
  };

const withoutMetric = (name: string): Change =>
  changeSeries((series) => (series['__name__']?.startsWith(name) === true ? undefined : series));

/** Ways in which less arrives in Coralogix than the sink has received. */
export const backendBreaks = (service: string): readonly Break[] => [
  { name: 'no span arrives', change: spansOf(undefined), hop: 'spans', cause: 'no span of any service arrived' },
  {
    name: 'no span of one service arrives',
    change: spansOf(service),
    hop: 'spans',
    cause: `${service} breaks at hop 9 (spans): no span arrived in the last 15 minutes, nor within a day`,
  },
  {
    name: 'the last span arrived hours ago',
    change: spansOf(undefined, 180),
    hop: 'spans',
    cause: 'the last one arrived at',
  },
  ...(
    [
      ['k8s.pod.name', 'no span has k8s.pod.name'],
      ['k8s.node.name', 'no span has k8s.node.name'],
      ['k8s.namespace.name', 'no span has k8s.namespace.name'],
      ['k8s.deployment.name', 'no span has the name of the owner'],
    ] as const
  ).map(
    ([attribute, cause]): Break => ({
      name: `spans lack ${attribute}`,
      change: changeSpans(attribute, undefined),
      hop: 'enriched',
      cause,
    }),
  ),
  {
    name: 'spans name a pod of the collector',
    change: changeSpans('k8s.pod.name', 'coralogix-opentelemetry-agent-x1y2z'),
    hop: 'enriched',
    cause: 'which is no pod of the service',
  },
  {
    name: 'spans name another node',
    change: changeSpans('k8s.node.name', 'node-z'),
    hop: 'enriched',
    cause: 'name node node-z, and it runs on',
  },
  {
    name: 'spans name another namespace',
    change: changeSpans('k8s.namespace.name', 'default'),
    hop: 'enriched',
    cause: 'name namespace default',
  },
  {
    name: 'there is no calls_total',
    change: withoutMetric('calls_total'),
    hop: 'metrics',
    cause: 'calls_total has no series of the service',
  },
  {
    name: 'the buckets have another unit',
    change: changeSeries((series) =>
      series['__name__'] === 'duration_ms_bucket' ? { ...series, __name__: 'duration_seconds_bucket' } : series,
    ),
    hop: 'metrics',
    cause: 'duration_ms_bucket has no series of the service',
  },
  ...[
    'span_name',
    'span_kind',
    'status_code',
    'k8s_pod_name',
    'k8s_namespace_name',
    'k8s_node_name',
    'k8s_cluster_name',
  ].map(
    (label): Break => ({
      name: `the metrics lack ${label}`,
      change: withoutLabel(label),
      hop: 'metrics',
      cause: `no series of calls_total has ${label}`,
    }),
  ),
  {
    name: 'the metrics overflow',
    change: (system) => {
      const known = system.series.find(
        (each) => each['__name__'] === 'calls_total' && each['service_name'] === service,
      );
      system.series.push({ ...known, otel_metric_overflow: 'true' });
    },
    hop: 'metrics',
    cause: 'more series are made than the collector may keep',
  },
];
