import type { RenderedCollector } from '../../chart/chart.ts';
import type { Role } from '../../chart/sub-charts.ts';
import type { Dimension } from '../../pipeline/dimensions.ts';
import type { Listener } from '../../pipeline/listeners.ts';
import type { Pipelines } from '../../pipeline/pipelines.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import type { Place } from '../../problems/problem.ts';
import type { Mapping, Path } from '../../yaml/value.ts';

/** The tier of a collector on the path of a span. `other`: not one whose part is known. */
export type Tier = Role;

/** A configuration that is not in what was read. */
export interface UnreadConfiguration {
  /** `elsewhere`: its command names one, or a supervisor gives it one; `none`: it has none and does not start. */
  readonly kind: 'elsewhere' | 'none';
  /** Why it is not known. */
  readonly reason: string;
  /** What names it. */
  readonly place: Place;
}

/** The chart of a collector. */
export interface CollectorChart {
  readonly name: string;
  readonly version: string;
  /** Whether nothing names the version, so that it is the one that is known. */
  readonly isAssumed: boolean;
}

/** A collector that will run: from a chart's values, or from a configuration in a ConfigMap. */
export interface Collector {
  /** For messages, e.g. `the agent of values.yaml`. */
  readonly title: string;
  readonly tier: Tier;
  /** Where it runs; undefined when only `helm install` knows. */
  readonly namespace: string | undefined;
  /** Whether it was read from values, so that much of it is the chart's and not written anywhere. */
  readonly fromValues: boolean;
  /**
   * The same as helm makes it.
   *
   * @default - it was not read from values
   */
  readonly rendered?: RenderedCollector;
  /**
   * The chart that makes it.
   *
   * @default - no values and no label name one
   */
  readonly chart?: CollectorChart;
  /** One on every node. */
  readonly onEveryNode: boolean;
  /**
   * Whether the OpenTelemetry operator adds it to pods that ask for it.
   *
   * @default false
   */
  readonly isSidecar?: boolean;
  readonly hostNetwork: boolean;
  /** Ports of the node that lead to it. */
  readonly hostPorts: readonly number[];
  /**
   * Ports of its containers by name.
   *
   * @default - not known
   */
  readonly namedPorts?: ReadonlyMap<string, number>;
  /** Labels of its pods; a Service that selects them leads to it. */
  readonly labels: Readonly<Record<string, string>>;
  /** The whole configuration, with the chart's part as far as the project knows it; empty where it is `unread`. */
  readonly config: Mapping;
  /**
   * Why `config` is empty.
   *
   * @default - the configuration was read
   */
  readonly unread?: UnreadConfiguration;
  /** The pipelines of `config`. */
  readonly pipelines: Pipelines;
  readonly listeners: readonly Listener[];
  /** Dimensions of its span metrics; empty where it makes none. */
  readonly dimensions: readonly Dimension[];
  /** Where a part of the configuration stands, or as near as it is written. */
  place(path?: Path): Place;
}

/** Whether its span metrics reach an exporter. */
export const makesSpanMetrics = ({ pipelines }: Collector): boolean => spanMetricsConnectors(pipelines.all).length > 0;
