import type { Receiver } from '../../pipeline/component.ts';

/**
 * State of the cluster's workloads and nodes.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/k8sclusterreceiver
 */
export const k8sClusterReceiver = (): Receiver => ({
  kind: 'receiver',
  id: 'k8s_cluster',
  settings: {
    auth_type: 'serviceAccount',
    collection_interval: '30s',
    node_conditions_to_report: ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'],
    allocatable_types_to_report: ['cpu', 'memory'],
  },
});
