import type { Preset } from './preset.ts';

const always = ['namespace', 'deployment', 'statefulset', 'daemonset', 'cronjob', 'job', 'node', 'pod'].map(
  (kind) => `k8s.${kind}.name`,
);

const byAttribute = (name: string) => ({ sources: [{ from: 'resource_attribute', name }] });

/** Names of pod, namespace, workload and node, on everything that passes. */
export const kubernetesAttributes: Preset = {
  key: 'kubernetesAttributes',
  apply(draft, values) {
    const has = (name: string) => values.has('presets', 'kubernetesAttributes', name, 'enabled');
    const isOfNode = values.mode === 'daemonset' || has('nodeFilter');
    draft.component('processors', 'k8sattributes', {
      ...(isOfNode ? { filter: { node_from_env_var: 'K8S_NODE_NAME' } } : {}),
      passthrough: false,
      pod_association: [
        byAttribute('k8s.pod.ip'),
        byAttribute('k8s.pod.uid'),
        { sources: [{ from: 'connection' }] },
        byAttribute('k8s.job.name'),
      ],
      extract: {
        deployment_name_from_replicaset: true,
        metadata: [
          ...always,
          ...(has('podUid') ? ['k8s.pod.uid'] : []),
          ...(has('podStartTime') ? ['k8s.pod.start_time'] : []),
        ],
      },
    });
    for (const signal of ['logs', 'metrics', 'traces']) {
      draft.prepend(signal, 'processors', 'k8sattributes');
    }
  },
};
