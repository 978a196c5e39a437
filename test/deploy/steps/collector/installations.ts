import type { Answers } from '../../preflight/answers.ts';

/** Of the release in the application's own namespace. */
export const earlierHelm = {
  'meta.helm.sh/release-name': 'coralogix-otel',
  'meta.helm.sh/release-namespace': 'dataprime-demo',
};
const rbac = 'rbac.authorization.k8s.io/v1';

export const object = (kind: string, name: string, namespace?: string, more: object = {}, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  ...more,
});

const released = (kind: string, name: string, apiVersion = 'v1') => ({
  ...object(kind, name, 'dataprime-demo', {}, apiVersion),
  metadata: { name, namespace: 'dataprime-demo', annotations: earlierHelm },
});

const inApplication = 'kubectl get daemonsets.apps,deployments.apps,services --namespace=dataprime-demo';

/** The chart in the application's own namespace. */
export const earlierRelease: Answers = {
  [inApplication]: {
    items: [
      released('DaemonSet', 'coralogix-opentelemetry-agent', 'apps/v1'),
      released('Service', 'coralogix-opentelemetry-collector'),
      object('Service', 'redis', 'dataprime-demo'),
    ],
  },
};

const labels = { app: 'otel-collector' };
const daemonSet = object(
  'DaemonSet',
  'otel-collector',
  'default',
  {
    spec: {
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'otel-collector',
          volumes: [{ configMap: { name: 'otel-collector-config' } }],
        },
      },
    },
  },
  'apps/v1',
);
const binding = (name: string, role: string, account: string) =>
  object(
    'ClusterRoleBinding',
    name,
    undefined,
    {
      roleRef: { kind: 'ClusterRole', name: role },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'default' }],
    },
    rbac,
  );

/** A DaemonSet that somebody wrote, with a Role of its own and a view of everything. */
export const legacyCollectors: Answers = {
  'kubectl get daemonsets.apps --all-namespaces': { items: [daemonSet] },
  'kubectl get clusterrolebindings': {
    items: [
      binding('otel-collector', 'otel-collector', 'otel-collector'),
      binding('otel-collector-view', 'view', 'otel-collector'),
      binding('others', 'admin', 'others'),
    ],
  },
  'kubectl get services,configmaps,serviceaccounts --namespace=default': {
    items: [
      object('Service', 'otel-collector', 'default', { spec: { selector: labels } }),
      object('Service', 'kubernetes', 'default', { spec: {} }),
      object('ConfigMap', 'otel-collector-config', 'default'),
      object('ConfigMap', 'kube-root-ca.crt', 'default'),
      object('ServiceAccount', 'otel-collector', 'default'),
      object('ServiceAccount', 'default', 'default'),
    ],
  },
};

const ours = { 'app.kubernetes.io/managed-by': 'cdk8s-podhost', 'app.kubernetes.io/part-of': 'dataprime-demo' };
const agent = {
  ...object('DaemonSet', 'coralogix-opentelemetry-agent', 'coralogix', {}, 'apps/v1'),
  metadata: { name: 'coralogix-opentelemetry-agent', namespace: 'coralogix', labels: ours },
};

/** The collector that the system had as manifests. */
export const asManifests: Answers = {
  'kubectl get daemonsets.apps,deployments.apps,services,configmaps,serviceaccounts --namespace=coralogix': {
    items: [agent, object('Secret', 'coralogix-keys', 'coralogix')],
  },
};
