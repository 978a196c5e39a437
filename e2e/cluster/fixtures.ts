/** Workloads for the cluster's own tests. */
const metadata = (name: string) => ({ name, namespace: 'demo', labels: { app: name } });
const selector = (name: string) => ({ matchLabels: { app: name } });
const containers = [{ name: 'app', image: 'registry.test/app:1' }];
const template = (name: string, spec: object = {}) => ({
  metadata: { labels: { app: name } },
  spec: { containers, ...spec },
});

export const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } };

/** Two replicas that may not share a node. */
export const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('web'),
  spec: {
    replicas: 2,
    selector: selector('web'),
    template: template('web', {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: selector('web'),
        },
      ],
    }),
  },
};

export const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: metadata('store'),
  spec: {
    replicas: 2,
    serviceName: 'store',
    selector: selector('store'),
    template: template('store'),
    volumeClaimTemplates: [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          resources: { requests: { storage: '1Gi' } },
          volumeMode: 'Filesystem',
        },
        // Client-side apply compares the whole list with its defaults, and says "configured" each time one is missing.
        status: { phase: 'Pending' },
      },
    ],
  },
};

export const daemonSet = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: metadata('agent'),
  spec: { selector: selector('agent'), template: template('agent', { hostNetwork: true }) },
};

export const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('agent'),
  spec: { internalTrafficPolicy: 'Local', selector: { app: 'agent' }, ports: [{ port: 4317 }] },
};

export const middleware = {
  apiVersion: 'traefik.io/v1alpha1',
  kind: 'Middleware',
  metadata: metadata('strip'),
  spec: { stripPrefix: { prefixes: ['/api'] } },
};

export const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: metadata('migrate'),
  spec: { template: template('migrate', { restartPolicy: 'Never' }) },
};

/** As one stream for `kubectl apply -f -`. */
export function manifest(...objects: readonly object[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}
