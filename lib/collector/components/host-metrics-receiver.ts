import type { Receiver } from '../../pipeline/component.ts';

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
