import type { TailSamplingPolicy } from '../../chart/values/otel-integration-values.ts';
import type { Processor } from '../../pipeline/component.ts';

/**
 * Refuses data before the container's memory limit is reached; senders try again.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/memorylimiterprocessor
 */
export const memoryLimiter = (): Processor => ({
  kind: 'processor',
  id: 'memory_limiter',
  settings: { check_interval: '200ms', limit_percentage: 75, spike_limit_percentage: 25 },
});

/**
 * Adds `host.name`, `host.id` and `os.type` of the node, and the attributes in `OTEL_RESOURCE_ATTRIBUTES` of the collector.
 * Attributes that the data already has are kept.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor
 */
export const resourceDetection = (): Processor => ({
  kind: 'processor',
  id: 'resourcedetection',
  settings: {
    detectors: ['system', 'env'],
    override: false,
    timeout: '2s',
    system: { resource_attributes: { 'host.id': { enabled: true } } },
  },
});

/** Adds the name of the cluster to all data. */
export const clusterName = (name: string): Processor => ({
  kind: 'processor',
  id: 'resource/cluster',
  settings: { attributes: [{ key: 'k8s.cluster.name', value: name, action: 'upsert' }] },
});

/** What is read of a pod and its owners. */
const extractedMetadata = [
  'k8s.namespace.name',
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'k8s.job.name',
  'k8s.node.name',
  'k8s.pod.name',
] as const;

/**
 * Finds the pod that data comes from and adds what the API server knows of it. The order of the sources is the
 * chart's; a source that is there but matches no pod ends the search.
 *
 * @param scope `node`: only pods of the collector's own node are watched; `cluster`: all
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor
 */
export const k8sAttributes = (scope: 'node' | 'cluster'): Processor => ({
  kind: 'processor',
  id: 'k8sattributes',
  settings: {
    auth_type: 'serviceAccount',
    passthrough: false,
    ...(scope === 'node' ? { filter: { node_from_env_var: 'K8S_NODE_NAME' } } : {}),
    extract: { metadata: extractedMetadata, deployment_name_from_replicaset: true },
    pod_association: [
      { sources: [{ from: 'resource_attribute', name: 'k8s.pod.ip' }] },
      { sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] },
      { sources: [{ from: 'connection' }] },
      { sources: [{ from: 'resource_attribute', name: 'k8s.job.name' }] },
    ],
  },
});

/**
 * Keeps or drops whole traces.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/tailsamplingprocessor
 */
export const tailSampling = (policies: readonly TailSamplingPolicy[]): Processor => ({
  kind: 'processor',
  id: 'tail_sampling',
  settings: { decision_wait: '10s', num_traces: 50_000, policies },
});

/** @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/processor/batchprocessor */
export const batch = (): Processor => ({
  kind: 'processor',
  id: 'batch',
  settings: { timeout: '1s', send_batch_size: 1024, send_batch_max_size: 2048 },
});
