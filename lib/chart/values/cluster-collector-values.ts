import type { Preset } from './preset.ts';
import type { SubChartValues } from './sub-chart-values.ts';

export interface ClusterCollectorPresets {
  /** State of deployments, pods and nodes. */
  readonly clusterMetrics?: Preset;
  /** Names of pod, namespace, deployment and node on everything that passes. */
  readonly kubernetesAttributes?: Preset;
  /** The Kubernetes objects themselves, for the resource catalog. */
  readonly kubernetesResources?: Preset;
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
