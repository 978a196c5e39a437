export interface ClusterNode {
  readonly name: string;
  /** The node's InternalIP, where real processes can listen in its stead. */
  readonly address: string;
  readonly podCidr: string;
}

/** Addresses and pod ranges of a cluster's nodes: each its own, so that no two pods share an address. */
export function planNodes(names: readonly string[], network: string): ClusterNode[] {
  return names.map((name, index) => ({
    name,
    address: `${network}.${11 + index}`,
    podCidr: `10.42.${index}.0/24`,
  }));
}

/** As a kubelet registers itself: capacity, addresses and system are there from the first moment. */
export function nodeObject(
  { name, address, podCidr }: ClusterNode,
  kubernetesVersion: string,
  kubeletPort: number,
): object {
  const resources = { cpu: '16', memory: '64Gi', 'ephemeral-storage': '200Gi', pods: '110' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
      },
    },
    spec: { podCIDR: podCidr, podCIDRs: [podCidr] },
    status: {
      capacity: resources,
      allocatable: resources,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        kubeletVersion: `v${kubernetesVersion}`,
        osImage: '',
        kernelVersion: '',
        containerRuntimeVersion: '',
        machineID: '',
        systemUUID: '',
        bootID: '',
        kubeProxyVersion: '',
      },
    },
  };
}
