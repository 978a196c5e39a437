import type { Receiver } from '../../pipeline/component.ts';

/**
 * CPU, memory and network of every pod on the node: the POD half of the view.
 *
 * The kubelet is asked by the node's address, for a node's name need not resolve; its certificate is often its own.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/kubeletstatsreceiver
 */
export const kubeletStatsReceiver = (): Receiver => ({
  kind: 'receiver',
  id: 'kubeletstats',
  settings: {
    auth_type: 'serviceAccount',
    collection_interval: '30s',
    endpoint: '${env:K8S_NODE_IP}:10250',
    insecure_skip_verify: true,
    collect_all_network_interfaces: { node: true, pod: true },
  },
});
