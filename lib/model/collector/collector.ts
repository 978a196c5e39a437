import type { EffectiveDimension } from '../../collector/effective-dimensions.ts';
import type { Place } from '../../problems/problem.ts';
import type { Path } from '../source/path.ts';
import type { Mapping } from '../value.ts';
import type { CollectorPipeline } from './collector-pipeline.ts';
import type { Listener } from './listener.ts';

/** What a collector is in the way of a span. `other`: not one whose part is known. */
export type Tier = 'agent' | 'cluster-collector' | 'gateway' | 'other';

/** A collector that will run: from a chart's values, or from a configuration in a ConfigMap. */
export interface Collector {
  /** For messages, e.g. `the agent of values.yaml`. */
  readonly title: string;
  readonly tier: Tier;
  /** Where it runs; undefined when only `helm install` knows. */
  readonly namespace: string | undefined;
  /** Whether it was read from values, so that much of it is the chart's and not written anywhere. */
  readonly fromValues: boolean;
  /** One on every node. */
  readonly onEveryNode: boolean;
  readonly hostNetwork: boolean;
  /** Ports of the node that lead to it. */
  readonly hostPorts: readonly number[];
  /** Labels of its pods; a Service that selects them leads to it. */
  readonly labels: Readonly<Record<string, string>>;
  /** The whole configuration, with the chart's part as far as the project knows it. */
  readonly config: Mapping;
  readonly pipelines: readonly CollectorPipeline[];
  readonly listeners: readonly Listener[];
  /** Dimensions of its span metrics; empty where it makes none. */
  readonly dimensions: readonly EffectiveDimension[];
  /** Where a part of the configuration stands, or as near as it is written. */
  place(path?: Path): Place;
}

/** Whether its span metrics reach an exporter. */
export const makesSpanMetrics = ({ pipelines }: Collector): boolean => spanMetricsConnectors(pipelines).length > 0;

/** Every rule asks for them. */
const connectorsOf = new WeakMap<readonly CollectorPipeline[], readonly string[]>();

/** Ids of the span metrics connectors that traces are sent to. */
export function spanMetricsConnectors(pipelines: readonly CollectorPipeline[]): readonly string[] {
  const known = connectorsOf.get(pipelines) ?? findSpanMetricsConnectors(pipelines);
  connectorsOf.set(pipelines, known);
  return known;
}

const findSpanMetricsConnectors = (pipelines: readonly CollectorPipeline[]): string[] => [
  ...new Set(
    pipelines
      .filter(({ signal }) => signal === 'traces')
      .flatMap(({ exporters }) => exporters.filter((id) => componentType(id) === 'spanmetrics')),
  ),
];

/** The span metrics connector whose metrics are `calls_total` and the like, where there are several. */
export function mainSpanMetricsConnector(pipelines: readonly CollectorPipeline[]): string | undefined {
  const connectors = spanMetricsConnectors(pipelines);
  const plain = connectors.find((id) => !id.includes('/'));
  return plain ?? connectors.find((id) => id.endsWith('/default')) ?? connectors[0];
}

/** `batch` of `batch/traces`. The collector knows some types by two names. */
export function componentType(id: string): string {
  const type = id.split('/', 1)[0] ?? id;
  return renamed.get(type) ?? type;
}

/** Newer names of component types, and those that configurations in the field have. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['k8s_attributes', 'k8sattributes'],
  ['span_metrics', 'spanmetrics'],
  ['otlp_grpc', 'otlp'],
  ['otlp_http', 'otlphttp'],
  ['host_metrics', 'hostmetrics'],
  ['kubelet_stats', 'kubeletstats'],
  ['group_by_trace', 'groupbytrace'],
  ['load_balancing', 'loadbalancing'],
  ['resource_detection', 'resourcedetection'],
]);
