import type { Processor } from '../../pipeline/component.ts';

/** What is read of a pod and its owners. */
export const extractedMetadata = [
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
