import type { subChart } from '../names.ts';

/**
 * The part of the chart's values that this project writes. The chart ignores a top-level key that it does not know,
 * and a sub-chart refuses one.
 *
 * @see https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml
 */
export interface OtelIntegrationValues {
  readonly global: GlobalValues;
  readonly [subChart.agent]?: AgentValues;
  readonly [subChart.clusterCollector]?: ClusterCollectorValues;
  readonly [subChart.gateway]?: GatewayValues;
}

/** What every sub-chart reads. */
export interface GlobalValues {
  /** Domain of the Coralogix region, without scheme or path. */
  readonly domain: string;
  /** `k8s.cluster.name` of everything that is sent. */
  readonly clusterName: string;
  /**
   * `deployment.environment.name` of what does not say it itself.
   *
   * @default - the cluster's name
   */
  readonly deploymentEnvironmentName?: string;
}

/** Where the nodes run. Without it the chart tries the region detectors of every cloud at each start. */
export type Provider = 'on-prem' | 'aws' | 'gcp' | 'azure';

/** What all sub-charts have in common: each is the chart `opentelemetry-collector` under another name. */
export interface SubChartValues {
  /**
   * Whether the sub-chart is installed.
   *
   * @default - agent and cluster collector are, the gateway is not
   */
  readonly enabled?: boolean;
  /**
   * Where the nodes run.
   *
   * @default - every cloud's region detector is tried
   */
  readonly provider?: Provider;
}

/** A part of the collector's configuration that the chart writes when it is on. */
export interface PresetValues {
  /**
   * Whether the chart writes it.
   *
   * @default - as the chart has it for this sub-chart
   */
  readonly enabled?: boolean;
}

export interface AgentPresets {
  /** CPU, memory, disk and network of the node: the Host tab. */
  readonly hostMetrics?: PresetValues;
  /** CPU, memory and network of pods and containers: the Pod tab. */
  readonly kubeletMetrics?: PresetValues;
  /** Names of pod, namespace, deployment and node on everything that passes. */
  readonly kubernetesAttributes?: PresetValues;
  /** The metrics that APM counts with. */
  readonly spanMetrics?: SpanMetricsPreset;
  /** Collect records before they are sent. The chart refuses `loadBalancing` without it. */
  readonly batch?: PresetValues;
  /** Hand traces to the gateway. */
  readonly loadBalancing?: LoadBalancingPreset;
  /** Send to Coralogix. */
  readonly coralogixExporter?: CoralogixExporterPreset;
}

/** The collector on every node. */
export interface AgentValues extends SubChartValues {
  /**
   * The Service that leads to the agent on the caller's own node.
   *
   * @default - not enabled
   */
  readonly service?: { readonly enabled?: boolean };
  /**
   * What the chart configures.
   *
   * @default - the chart's own choice, span metrics included
   */
  readonly presets?: AgentPresets;
}

/** One attribute that the span metrics keep as a label. */
export interface DimensionValue {
  /** Name of a span or resource attribute. */
  readonly name: string;
}

/**
 * Metrics of requests, errors and durations, made of spans.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector
 */
export interface SpanMetricsPreset extends PresetValues {
  /**
   * The list that stands before what `errorTracking` and `serviceVersion` append. Helm replaces lists: what is given
   * here stands instead of the chart's own.
   *
   * @default - `chartDefaultDimensions`
   */
  readonly extraDimensions?: readonly DimensionValue[];
  /**
   * Append the dimensions of HTTP and gRPC status codes.
   *
   * @default - enabled
   */
  readonly errorTracking?: PresetValues;
  /**
   * Append the dimension `service.version`.
   *
   * @default - enabled
   */
  readonly serviceVersion?: PresetValues;
  /**
   * Metrics without the names of spans and of pods, `compact_*`.
   *
   * @default - enabled
   */
  readonly compactMetrics?: PresetValues;
  /**
   * Metrics of database calls, `db_*` and, without the names of spans, `db_compact_*`.
   *
   * @default - enabled
   */
  readonly dbMetrics?: DatabaseMetricsPreset;
}

/** Metrics of database calls. Each of the two switches counts for itself. */
export interface DatabaseMetricsPreset extends PresetValues {
  /**
   * The same without the names of spans and of pods.
   *
   * @default - enabled
   */
  readonly compactMetrics?: PresetValues;
}

/** What is sent to Coralogix from this sub-chart itself. */
export interface CoralogixExporterPreset extends PresetValues {
  /**
   * Signals that are sent.
   *
   * @default ['all']
   */
  readonly pipelines?: readonly ('all' | 'logs' | 'metrics' | 'traces' | 'profiles' | 'none')[];
}

/**
 * Sends all spans of a trace to the same gateway.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/loadbalancingexporter
 */
export interface LoadBalancingPreset extends PresetValues {
  /**
   * Host name that resolves to the address of every gateway pod.
   *
   * @default - empty, with which the exporter stops the collector at its start
   */
  readonly hostname?: string;
}

export interface ClusterCollectorPresets {
  /** State of deployments, pods and nodes. */
  readonly clusterMetrics?: PresetValues;
  /** Names of pod, namespace, deployment and node on everything that passes. */
  readonly kubernetesAttributes?: PresetValues;
  /** The Kubernetes objects themselves, for the resource catalog. */
  readonly kubernetesResources?: PresetValues;
}

/** The one collector of a cluster that watches its API server. */
export interface ClusterCollectorValues extends SubChartValues {
  /**
   * What the chart configures.
   *
   * @default - the chart's own choice
   */
  readonly presets?: ClusterCollectorPresets;
}

/** The collectors that see whole traces and decide which to keep. */
export interface GatewayValues extends SubChartValues {
  /**
   * What the chart configures.
   *
   * @default - the chart's own choice
   */
  readonly presets?: { readonly resourceDetection?: ResourceDetectionPreset };
  /**
   * Merged over what the chart configures.
   *
   * @default - no policies, with which the gateway does not start
   */
  readonly config?: {
    readonly processors: { readonly tail_sampling: { readonly policies: readonly TailSamplingPolicy[] } };
  };
}

/**
 * What the collector finds out about where it runs.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor
 */
export interface ResourceDetectionPreset extends PresetValues {
  readonly detectors?: {
    /**
     * Detectors of `resourcedetection/env`. The collector does not start when one of them fails.
     *
     * @default - `system` and `env`; with the provider `on-prem` also `k8snode`, which must be allowed to get nodes
     */
    readonly env?: readonly string[];
  };
}

/**
 * One rule by which the gateway keeps a trace. What else it holds depends on its type.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export interface TailSamplingPolicy {
  /** Name in the collector's own metrics. */
  readonly name: string;
  /** Kind of the rule, e.g. `always_sample` or `status_code`. */
  readonly type: string;
  readonly [setting: string]: unknown;
}
