import type { CoralogixExporterPreset } from './coralogix-exporter-preset.ts';
import type { LoadBalancingPreset } from './load-balancing-preset.ts';
import type { Preset } from './preset.ts';
import type { SpanMetricsPreset } from './span-metrics-preset.ts';
import type { SubChartValues } from './sub-chart-values.ts';

export interface AgentPresets {
  /** CPU, memory, disk and network of the node: the Host tab. */
  readonly hostMetrics?: Preset;
  /** CPU, memory and network of pods and containers: the Pod tab. */
  readonly kubeletMetrics?: Preset;
  /** Names of pod, namespace, deployment and node on everything that passes. */
  readonly kubernetesAttributes?: Preset;
  /** The metrics that APM counts with. */
  readonly spanMetrics?: SpanMetricsPreset;
  /** Collect records before they are sent. The chart refuses `loadBalancing` without it. */
  readonly batch?: Preset;
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
