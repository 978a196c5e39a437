/**
 * Names that people write for a preset because something else is called that: the receiver behind it, the same preset
 * of another chart, or an older version.
 */
export const otherPresetNames: ReadonlyMap<string, string> = new Map([
  ['hostmetrics', 'hostMetrics'],
  ['kubeletstats', 'kubeletMetrics'],
  ['kubeletStats', 'kubeletMetrics'],
  ['k8sattributes', 'kubernetesAttributes'],
  ['k8sAttributes', 'kubernetesAttributes'],
  ['kubernetesMetrics', 'clusterMetrics'],
  ['k8sCluster', 'clusterMetrics'],
  ['k8s_cluster', 'clusterMetrics'],
  ['k8sobjects', 'kubernetesResources'],
  ['resourceCatalog', 'kubernetesResources'],
  ['k8sEvents', 'kubernetesEvents'],
  ['filelog', 'logsCollection'],
  ['spanmetrics', 'spanMetrics'],
  ['loadbalancing', 'loadBalancing'],
]);

/** The same for fields, by the path below `presets`. */
export const otherFieldNames: ReadonlyMap<string, string> = new Map([
  ['spanMetrics.dimensions', 'extraDimensions'],
  ['spanMetrics.buckets', 'histogramBuckets'],
  ['spanMetricsMulti.dimensions', 'extraDimensions'],
  ['spanMetrics.dbMetrics.dimensions', 'extraDimensions'],
  ['coralogixExporter.private_key', 'privateKey'],
]);

/** The same for keys of a sub-chart itself. */
export const otherKeyNames: ReadonlyMap<string, string> = new Map([
  ['replicas', 'replicaCount'],
  ['env', 'extraEnvs'],
  ['extraEnv', 'extraEnvs'],
  ['envFrom', 'extraEnvsFrom'],
  ['volumes', 'extraVolumes'],
  ['volumeMounts', 'extraVolumeMounts'],
]);
