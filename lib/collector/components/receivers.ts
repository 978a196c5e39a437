import { otlpPort } from '../../chart/names.ts';
import type { Receiver } from '../../pipeline/component.ts';

/** The pod's own address, from the environment of the collector's container. */
export const podIpVariable = '${env:MY_POD_IP}';

/** Spans, metrics and logs over OTLP, on the pod's own address: never on all of a node's interfaces. */
export const otlpReceiver = (): Receiver => ({
  kind: 'receiver',
  id: 'otlp',
  settings: {
    protocols: {
      grpc: { endpoint: `${podIpVariable}:${otlpPort.grpc}`, max_recv_msg_size_mib: 20 },
      http: { endpoint: `${podIpVariable}:${otlpPort.http}` },
    },
  },
});

/** Where the node's file system is mounted. */
export const hostRoot = '/hostfs';

const pseudoFileSystems = [
  'autofs',
  'binfmt_misc',
  'bpf',
  'cgroup2',
  'configfs',
  'debugfs',
  'devpts',
  'devtmpfs',
  'fusectl',
  'hugetlbfs',
  'iso9660',
  'mqueue',
  'nsfs',
  'overlay',
  'proc',
  'procfs',
  'pstore',
  'rpc_pipefs',
  'securityfs',
  'selinuxfs',
  'squashfs',
  'sysfs',
  'tracefs',
];

const containerMounts = ['/dev/*', '/proc/*', '/sys/*', '/run/*', '/var/lib/docker/*', '/var/lib/kubelet/*', '/snap/*'];

/**
 * CPU, memory, disk, file system, load and network of the node: the HOST half of the view.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/hostmetricsreceiver
 */
export const hostMetricsReceiver = (): Receiver => ({
  kind: 'receiver',
  id: 'hostmetrics',
  settings: {
    collection_interval: '30s',
    root_path: hostRoot,
    scrapers: {
      cpu: { metrics: { 'system.cpu.utilization': { enabled: true } } },
      disk: {},
      filesystem: {
        exclude_fs_types: { match_type: 'strict', fs_types: pseudoFileSystems },
        exclude_mount_points: { match_type: 'regexp', mount_points: containerMounts },
      },
      load: {},
      memory: { metrics: { 'system.memory.utilization': { enabled: true } } },
      network: {},
    },
  },
});

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

/**
 * Events of the cluster, as logs.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/k8sobjectsreceiver
 */
export const k8sEventsReceiver = (): Receiver => ({
  kind: 'receiver',
  id: 'k8sobjects',
  settings: {
    auth_type: 'serviceAccount',
    objects: [{ name: 'events', group: 'events.k8s.io', mode: 'watch', exclude_watch_type: ['DELETED'] }],
  },
});
