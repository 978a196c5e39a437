import { listAt, textListAt } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import type { Installation } from './installation.ts';
import { enrichesProfiles } from './presets/profiles.ts';

/** One rule of a role. */
export interface PermissionRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** What a ServiceAccount may do by one role. */
export interface GrantedRole {
  /** Kind and name. */
  readonly title: string;
  /** Where it holds; undefined: in the whole cluster. */
  readonly namespace: string | undefined;
  /** Undefined where the role was not read. */
  readonly rules: readonly PermissionRule[] | undefined;
}

/** A role that a chart binds to a ServiceAccount. */
export interface Grant {
  /** Namespace and name of the account. */
  readonly account: string;
  readonly role: GrantedRole;
}

/** The rules of a role as it is written. */
export const permissionRules = (role: unknown): PermissionRule[] =>
  listAt(role, 'rules').map((rule) => ({
    apiGroups: textListAt(rule, 'apiGroups'),
    resources: textListAt(rule, 'resources'),
    verbs: textListAt(rule, 'verbs'),
  }));

/** Whether a sub-chart makes the ServiceAccount of its pods. */
export const makesServiceAccount = (values: ChartValues): boolean =>
  values.has('serviceAccount', 'create') || values.preset('kubeletMetrics');

/** Name of the ServiceAccount of a sub-chart's pods. */
export function serviceAccountOf(values: ChartValues, { name }: Installation): string {
  const own = values.text('serviceAccount', 'name');
  return own ?? (values.has('serviceAccount', 'create') ? name : 'default');
}

/**
 * The ClusterRole that a sub-chart makes of its presets, where it binds it to its account.
 *
 * @see https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/templates/clusterrole.yaml
 */
export function grantsOf(values: ChartValues, place: Installation): Grant[] {
  const isBound =
    values.has('clusterRole', 'create') ||
    bindingPresets.some((preset) => values.preset(preset)) ||
    values.has('presets', 'mysql', 'metrics', 'enabled') ||
    values.has('presets', 'loadBalancing', 'k8s', 'enabled') ||
    enrichesProfiles(values) ||
    values.distribution === 'eks/fargate';
  if (!isBound) {
    return [];
  }
  const role: GrantedRole = {
    title: `ClusterRole ${values.text('clusterRole', 'name') ?? place.name}`,
    namespace: undefined,
    rules: [...permissionRules(values.at('clusterRole')), ...presetRules(values)],
  };
  return [{ account: `${place.namespace}/${serviceAccountOf(values, place)}`, role }];
}

/** Presets for which the role is bound; discovery by annotations makes the role alone. */
const bindingPresets = [
  'kubernetesAttributes',
  'clusterMetrics',
  'kubeletMetrics',
  'kubernetesEvents',
  'kubernetesResources',
  'kubernetesExtraMetrics',
  'kubernetesApiServerMetrics',
];

const reading = ['get', 'list', 'watch'];
const readingPods = ['get', 'watch', 'list'];

const rule = (apiGroup: string, resources: readonly string[], verbs: readonly string[] = reading): PermissionRule => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});

/** Leave to read addresses of the API server that are no objects. */
const ofAddresses = (...verbs: readonly string[]): PermissionRule => ({ apiGroups: [], resources: [], verbs });

/** @throws TemplateError where values have taken away what the template of the role reads */
export function presetRules(values: ChartValues): PermissionRule[] {
  const isOn = (preset: string) => values.preset(preset);
  const rules: PermissionRule[] = [];
  if (
    isOn('kubernetesAttributes') ||
    values.has('presets', 'mysql', 'metrics', 'enabled') ||
    enrichesProfiles(values)
  ) {
    rules.push(
      rule('', ['pods', 'namespaces'], readingPods),
      rule('apps', ['replicasets']),
      rule('extensions', ['replicasets']),
    );
  }
  if (isOn('prometheusAnnotationDiscovery')) {
    rules.push(rule('', ['pods', 'services', 'endpoints', 'namespaces'], readingPods));
  }
  if (isOn('clusterMetrics')) {
    rules.push(...clusterMetrics);
  }
  const isScraping = isOn('kubernetesExtraMetrics') || isOn('kubernetesApiServerMetrics');
  if (isOn('kubeletMetrics') || isScraping) {
    const isOfNode =
      isOn('kubernetesExtraMetrics') &&
      values.has('presets', 'kubernetesExtraMetrics', 'perNode') &&
      !isOn('kubernetesApiServerMetrics');
    const resources = isOfNode
      ? ['nodes', 'nodes/stats', 'nodes/metrics']
      : ['pods', 'endpoints', 'nodes/stats', 'nodes/metrics', 'nodes', 'services'];
    rules.push(rule('', resources, readingPods), ofAddresses('get'));
  }
  if (isOn('kubernetesEvents')) {
    rules.push(rule('events.k8s.io', ['events'], ['watch', 'list']));
  }
  if (isOn('kubernetesResources')) {
    rules.push(...kubernetesResources);
  }
  if (values.has('presets', 'loadBalancing', 'k8s', 'enabled')) {
    const verbs = ['list', 'watch', 'get'];
    rules.push(rule('', ['endpoints'], verbs), rule('discovery.k8s.io', ['endpointslices'], verbs));
  }
  return values.distribution === 'eks/fargate' ? [...rules, ...fargate] : rules;
}

const clusterMetrics: readonly PermissionRule[] = [
  rule('', [
    'events',
    'namespaces',
    'namespaces/status',
    'nodes',
    'nodes/spec',
    'pods',
    'pods/status',
    'replicationcontrollers',
    'replicationcontrollers/status',
    'resourcequotas',
    'services',
  ]),
  rule('apps', ['daemonsets', 'deployments', 'replicasets', 'statefulsets']),
  rule('extensions', ['daemonsets', 'deployments', 'replicasets']),
  rule('batch', ['jobs', 'cronjobs']),
  rule('autoscaling', ['horizontalpodautoscalers']),
];

const kubernetesResources: readonly PermissionRule[] = [
  rule('', ['configmaps'], ['get']),
  rule('', ['namespaces', 'nodes', 'persistentvolumeclaims', 'persistentvolumes', 'pods', 'services']),
  rule('apps', ['daemonsets', 'deployments', 'replicasets', 'statefulsets']),
  rule('autoscaling', ['horizontalpodautoscalers']),
  rule('batch', ['cronjobs', 'jobs']),
  rule('extensions', ['ingresses']),
  rule('networking.k8s.io', ['ingresses']),
  rule('policy', ['poddisruptionbudgets']),
  rule('rbac.authorization.k8s.io', ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles']),
];

const fargate: readonly PermissionRule[] = [
  rule('', [
    'nodes',
    'nodes/proxy',
    'nodes/metrics',
    'nodes/stats',
    'services',
    'endpoints',
    'pods',
    'pods/proxy',
    'configmaps',
  ]),
  rule('', ['nodes'], ['patch']),
  ofAddresses(...reading),
];

/** Openshift lets the pods of the agent use the node by a role of their own. */
export const openshiftGrant = (agent: string, namespace: string): Grant => ({
  account: `${namespace}/${agent}`,
  role: {
    title: `ClusterRole system:openshift:scc:${agent}`,
    namespace: undefined,
    rules: [rule('security.openshift.io', ['securitycontextconstraints'], ['use'])],
  },
});

/** The roles of an account, in the order of their names. */
export const rolesAmong = (grants: readonly Grant[], account: string): GrantedRole[] =>
  grants
    .filter((grant) => grant.account === account)
    .map(({ role }) => role)
    .toSorted((a, b) => (a.title < b.title ? -1 : 1));

/**
 * The same of a chart: an account that it does not make may have roles that are bound elsewhere.
 *
 * @param isMade whether the chart makes the account
 */
export function rolesOfChart(
  grants: readonly Grant[],
  account: string,
  isMade: boolean,
): readonly GrantedRole[] | undefined {
  const roles = rolesAmong(grants, account);
  return roles.length > 0 || isMade ? roles : undefined;
}
