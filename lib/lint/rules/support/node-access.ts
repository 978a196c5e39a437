import type { ChartValues } from '../../../chart/chart-values.ts';
import type { Model } from '../../../model/model.ts';
import type { Workload } from '../../../model/workload.ts';
import { listAt, textAt } from '../../../yaml/value.ts';

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
  const bindings = model.manifests.filter(
    ({ kind, value }) =>
      kind === 'ClusterRoleBinding' &&
      listAt(value, 'subjects').some(
        (subject) => textAt(subject, 'name') === account && textAt(subject, 'namespace') === namespace,
      ),
  );
  const roles = bindings.map(({ value }) =>
    model.manifests.find(({ kind, name }) => kind === 'ClusterRole' && name === textAt(value, 'roleRef', 'name')),
  );
  if (roles.some((role) => listAt(role?.value, 'rules').some(getsNodes))) {
    return 'allowed';
  }
  const isRead = model.find('ServiceAccount', account, namespace) !== undefined;
  return isRead && roles.every((role) => role !== undefined) ? 'forbidden' : 'unknown';
}

const getsNodes = (rule: unknown): boolean =>
  holds(rule, 'apiGroups', '') && holds(rule, 'resources', 'nodes') && holds(rule, 'verbs', 'get');

const holds = (rule: unknown, key: string, wanted: string): boolean =>
  listAt(rule, key).some((entry) => entry === wanted || entry === '*');
