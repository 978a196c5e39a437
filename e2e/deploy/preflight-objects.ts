/** What others may have in a cluster, for the tests of what is looked at before a deployment. */
const containers = [
  { name: 'collector', image: 'registry.test/collector:1', ports: [{ containerPort: 4317, hostPort: 4317 }] },
];

export const portHolder = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'relay', namespace: 'default' },
  spec: { containers },
};

/** Everything that a deployment of manifests needs, except one thing. */
export function roleWithout(resource: string, verb: string): object {
  const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
  const groups = ['', 'networking.k8s.io', 'coordination.k8s.io', 'traefik.io', 'storage.k8s.io'];
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'deployer' },
    rules: [
      { apiGroups: groups, resources: ['*'], verbs },
      {
        apiGroups: ['apps'],
        resources: ['deployments', 'daemonsets', 'statefulsets'].filter((it) => it !== resource),
        verbs,
      },
      { apiGroups: ['apps'], resources: [resource], verbs: verbs.filter((it) => it !== verb) },
    ],
  };
}

const name = 'otel-collector';
const namespace = 'observability';
const labels = { app: name };
const apiGroup = 'rbac.authorization.k8s.io';

/** A collector as people wrote it before there was a chart, and things beside it that are not its own. */
export const legacyCollector: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'otel-collector-config', namespace } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'dashboards', namespace } },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          hostNetwork: true,
          containers,
          volumes: [{ name: 'config', configMap: { name: 'otel-collector-config' } }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: labels, ports: [{ port: 4317 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'grafana', namespace },
    spec: { selector: { app: 'grafana' }, ports: [{ port: 80 }] },
  },
  {
    apiVersion: `${apiGroup}/v1`,
    kind: 'ClusterRole',
    metadata: { name },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
  },
  {
    apiVersion: `${apiGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup, kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  },
];
