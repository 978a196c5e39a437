import type { ChartValues } from '../../chart/chart-values.ts';
import { groupBy } from '../../group-by.ts';
import { listAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import { collectorWorkload } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import { installedCollectors } from '../values/integration-values.ts';
import type { Workload } from '../workload.ts';
import type { Collector } from './collector.ts';

/** `unknown`: something that was not read may allow it. */
export type Access = 'allowed' | 'forbidden' | 'unknown';

/** Whether the chart lets a collector get nodes: it makes the rule for those presets that need it themselves. */
export function accessOfValues(values: ChartValues): Access {
  const presets = ['clusterMetrics', 'kubeletMetrics', 'kubernetesExtraMetrics', 'kubernetesApiServerMetrics'];
  if (presets.some((preset) => values.preset(preset)) || values.distribution === 'eks/fargate') {
    return 'allowed';
  }
  if (values.list('clusterRole', 'rules').some(getsNodes)) {
    return 'allowed';
  }
  const isOwn = values.text('serviceAccount', 'name') !== undefined || values.at('serviceAccount', 'create') === false;
  return isOwn ? 'unknown' : 'forbidden';
}

/** Whether manifests let the pods of a workload get nodes. */
export function accessOfWorkload(model: Model, { podTemplate, namespace }: Workload): Access {
  const account = textAt(podTemplate, 'spec', 'serviceAccountName') ?? 'default';
  const roles = rolesOf(model).get(`${namespace}/${account}`) ?? [];
  if (roles.some((role) => listAt(role?.value, 'rules').some(getsNodes))) {
    return 'allowed';
  }
  const isRead = model.find('ServiceAccount', account, namespace) !== undefined;
  return isRead && roles.every((role) => role !== undefined) ? 'forbidden' : 'unknown';
}

/** The roles that each ServiceAccount is bound to in the whole cluster; undefined for one that was not read. */
const rolesOf = memoized((model): ReadonlyMap<string, readonly (Manifest | undefined)[]> => {
  const roles = new Map(
    model.manifests
      .filter(({ kind }) => kind === 'ClusterRole')
      .reverse()
      .map((role) => [role.name, role]),
  );
  const bound = model.manifests
    .filter(({ kind }) => kind === 'ClusterRoleBinding')
    .flatMap(({ value }) => {
      const role = roles.get(textAt(value, 'roleRef', 'name') ?? '');
      const subjects = listAt(value, 'subjects').map(
        (subject) => `${textAt(subject, 'namespace')}/${textAt(subject, 'name')}`,
      );
      return [...new Set(subjects)].map((account) => ({ account, role }));
    });
  const groups = groupBy(bound, ({ account }) => account);
  return new Map([...groups].map(([account, group]) => [account, group.map(({ role }) => role)]));
});

const getsNodes = (rule: unknown): boolean =>
  holds(rule, 'apiGroups', '') && holds(rule, 'resources', 'nodes') && holds(rule, 'verbs', 'get');

const holds = (rule: unknown, key: string, wanted: string): boolean =>
  listAt(rule, key).some((entry) => entry === wanted || entry === '*');

/** Whether the pods of a collector use the network, ports or folders of their node. */
export function usesNode(model: Model, collector: Collector): boolean {
  const { hostNetwork, hostPorts } = collector;
  return (
    hostNetwork ||
    hostPorts.length > 0 ||
    mountingCollectors(model).has(collector) ||
    listAt(collectorWorkload(model, collector)?.podTemplate, 'spec', 'volumes').some(isFolder)
  );
}

/** Collectors whose values make the chart mount folders of the node. */
const mountingCollectors = memoized(
  (model): ReadonlySet<Collector> =>
    new Set(
      installedCollectors(model)
        .filter(({ values }) => mountsFolders(values))
        .map(({ collector }) => collector),
    ),
);

/** Presets for which the chart mounts folders of the node; the detection mounts the machine's id. */
const mounting = ['hostMetrics', 'logsCollection', 'resourceDetection', 'journaldReceiver', 'ebpfProfiler'];

const mountsFolders = (values: ChartValues): boolean =>
  mounting.some((preset) => values.preset(preset) && !(preset === 'resourceDetection' && isFargate(values))) ||
  values.list('extraHostPathMounts').length > 0 ||
  values.list('extraVolumes').some(isFolder);

const isFargate = ({ distribution }: ChartValues): boolean => distribution === 'eks/fargate';

const isFolder = (volume: unknown): boolean => valueAt(volume, 'hostPath') !== undefined;
