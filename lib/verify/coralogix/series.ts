import { probePrefix } from '../probe-mark.ts';
import type { CoralogixClient } from './coralogix-client.ts';
import { oneOfValues, type PromAnswer, runPromQl, type Sample } from './promql.ts';

/** Metrics that the catalogues read, and the compact ones that APM reads besides. */
export const plainMetrics = ['calls_total', 'duration_ms_bucket'] as const;
export const compactMetrics = [
  'compact_calls_total',
  'compact_duration_ms_bucket',
  'compact_duration_ms_sum',
  'compact_duration_ms_count',
] as const;

export type PlainMetric = (typeof plainMetrics)[number];

/** Labels that every series of the plain metrics needs, with what shows that they are missing. */
export const requiredLabels = {
  span_name: ['span_name'],
  span_kind: ['span_kind'],
  status_code: ['status_code'],
  k8s_pod_name: ['k8s_pod_name'],
  k8s_namespace_name: ['k8s_namespace_name'],
  k8s_node_name: ['k8s_node_name'],
  k8s_cluster_name: ['k8s_cluster_name'],
  owner: ['k8s_deployment_name', 'k8s_statefulset_name', 'k8s_daemonset_name', 'k8s_cronjob_name', 'k8s_job_name'],
} as const;

export type RequiredLabel = keyof typeof requiredLabels;

/** Labels that the compact metrics need. */
export const compactLabels = ['service_name', 'span_kind', 'status_code', 'k8s_cluster_name'] as const;

/** What Coralogix has of the metrics of some services, their pods and nodes. */
export interface SeriesReading {
  /** Series of each metric by service, and those that lack a label. */
  readonly plain: Readonly<Record<PlainMetric, PromAnswer>>;
  /** Series of `calls_total` by service and pod. */
  readonly pods: PromAnswer;
  /** Services whose series are counted into the one for what is too many. */
  readonly overflow: PromAnswer;
  readonly compact: PromAnswer;
  /** Metrics of pods by the kubelet, by pod. */
  readonly podMetrics: PromAnswer;
  /** Metrics of nodes, by node. */
  readonly nodeMetrics: PromAnswer;
}

export interface ReadSeriesProps {
  readonly client: CoralogixClient;
  readonly services: readonly string[];
  readonly namespaces: readonly string[];
  /** Nodes that run a pod of a service; empty where the cluster was not read. */
  readonly nodes: readonly string[];
  readonly now: Date;
}

/** One query a metric for all services together. */
export async function readSeries({
  client,
  services,
  namespaces,
  nodes,
  now,
}: ReadSeriesProps): Promise<SeriesReading> {
  const run = (query: string): Promise<PromAnswer> => runPromQl(client, query, now);
  const queries = seriesQueries(services, namespaces, nodes);
  return {
    plain: { calls_total: await run(queries.calls_total), duration_ms_bucket: await run(queries.duration_ms_bucket) },
    pods: await run(queries.pods),
    overflow: await run(queries.overflow),
    compact: await run(queries.compact),
    podMetrics: await run(queries.podMetrics),
    nodeMetrics: await run(queries.nodeMetrics),
  };
}

/** So many nodes are named in a query; of more all are read, for an address may not be longer. */
const maximumNodes = 60;

/** The queries of a run, by what they answer. */
export function seriesQueries(services: readonly string[], namespaces: readonly string[], nodes: readonly string[]) {
  const ofServices = `service_name=~${oneOfValues(services)},k8s_pod_name!~"${probePrefix}.+"`;
  const ofNamespaces = `k8s_namespace_name=~${oneOfValues(namespaces)}`;
  return {
    calls_total: labelQuery('calls_total', ofServices),
    duration_ms_bucket: labelQuery('duration_ms_bucket', ofServices),
    pods: `count by (service_name, k8s_pod_name, k8s_namespace_name, k8s_node_name, k8s_cluster_name) (calls_total{${ofServices}})`,
    overflow: `count by (service_name) (calls_total{${ofServices},otel_metric_overflow="true"})`,
    compact: `count by (__name__, service_name, k8s_cluster_name) ({__name__=~${oneOfValues(compactMetrics)},${ofServices}})`,
    podMetrics: `count by (k8s_pod_name, k8s_namespace_name, k8s_node_name, k8s_cluster_name) ({__name__=~"k8s_pod_(cpu|memory)_.+",${ofNamespaces}})`,
    nodeMetrics: nodeQuery(nodes),
  };
}

/** Metrics of some nodes, which are named by the kubelet's receiver and by the host's. */
function nodeQuery(nodes: readonly string[]): string {
  const names = '__name__=~"(system|k8s_node)_(cpu|memory)_.+"';
  const labels = nodes.length === 0 || nodes.length > maximumNodes ? [] : ['k8s_node_name', 'host_name'];
  const selectors = labels.length === 0 ? [names] : labels.map((label) => `${names},${label}=~${oneOfValues(nodes)}`);
  return selectors
    .map((selector) => `count by (k8s_node_name, host_name, k8s_cluster_name) ({${selector}})`)
    .join(' or ');
}

/** Series of a metric by service, and once more those that lack a label, with the label in `lacks`. */
function labelQuery(metric: PlainMetric, ofServices: string): string {
  const lacking = Object.entries(requiredLabels).map(([label, names]) => {
    const without = names.map((name) => `${name}=""`).join(',');
    return `label_replace(count by (service_name) (${metric}{${ofServices},${without}}), "lacks", "${label}", "", "")`;
  });
  return [`count by (service_name) (${metric}{${ofServices}})`, ...lacking].join(' or ');
}

/** How many series of a service there are, or lack a label. */
export const seriesOf = ({ samples }: PromAnswer, service: string, lacks?: RequiredLabel): number =>
  samples
    .filter(({ labels }) => labels['service_name'] === service && labels['lacks'] === lacks)
    .reduce((sum, { value }) => sum + value, 0);

/** Samples whose label has a value. */
export const withLabel = ({ samples }: PromAnswer, label: string, value: string): Sample[] =>
  samples.filter(({ labels }) => labels[label] === value);
