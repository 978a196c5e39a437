import { coralogixNames } from '../../../lib/collector/components/exporters.ts';
import { k8sAttributes } from '../../../lib/collector/components/processors.ts';
import { exampleSystem } from '../../support/example-system.ts';
import { planNamespace } from './application.ts';

const name = 'coralogix-opentelemetry-collector';
const metadata = { name, namespace: planNamespace };
const labels = { app: name };

/**
 * What the chart `otel-integration` 0.0.331 answers under the plan's name when it is installed in the application's
 * namespace: the cluster collector, whose traces pipeline enriches and makes no span metrics.
 */
export const chartClusterCollector = (sinkPort: number, nodeName: string): object[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name },
    rules: [{ apiGroups: [''], resources: ['pods', 'namespaces'], verbs: ['get', 'list', 'watch'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  },
  // JSON is YAML.
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { relay: JSON.stringify(configuration(sinkPort)) } },
  { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ name: 'otlp', port: 4317 }] } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { 'kubernetes.io/hostname': nodeName },
          enableServiceLinks: false,
          serviceAccountName: name,
          containers: [container],
          volumes: [{ name: 'conf', configMap: { name } }],
        },
      },
    },
  },
];

const container = {
  name: 'opentelemetry-collector',
  image: 'otel/opentelemetry-collector-contrib:0.155.0',
  args: ['--config=/conf/relay'],
  env: [
    { name: 'MY_POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
    { name: 'CORALOGIX_PRIVATE_KEY', value: exampleSystem.privateKey },
  ],
  resources: { limits: { memory: '512Mi' } },
  readinessProbe: { httpGet: { path: '/', port: 13133 } },
  volumeMounts: [{ name: 'conf', mountPath: '/conf' }],
};

/** The chart's traces pipeline; instead of the `coralogix` exporter what does the same with plain OTLP. */
const configuration = (sinkPort: number): object => ({
  receivers: { otlp: { protocols: { grpc: { endpoint: '${env:MY_POD_IP}:4317' } } } },
  processors: {
    memory_limiter: { check_interval: '5s', limit_percentage: 80, spike_limit_percentage: 25 },
    resourcedetection: { detectors: ['system', 'env'], override: false, timeout: '2s' },
    'resource/metadata': {
      attributes: [{ action: 'upsert', key: 'k8s.cluster.name', value: exampleSystem.clusterName }],
    },
    k8sattributes: k8sAttributes('cluster').settings,
    batch: { timeout: '1s', send_batch_size: 1024, send_batch_max_size: 2048 },
    'resource/coralogix': coralogixNames().settings,
  },
  exporters: {
    otlp: {
      endpoint: `127.0.0.1:${sinkPort}`,
      tls: { insecure: true },
      headers: { Authorization: 'Bearer ${env:CORALOGIX_PRIVATE_KEY}' },
    },
  },
  extensions: { health_check: { endpoint: '${env:MY_POD_IP}:13133' } },
  service: {
    extensions: ['health_check'],
    pipelines: {
      traces: {
        receivers: ['otlp'],
        processors: [
          'memory_limiter',
          'resourcedetection',
          'resource/metadata',
          'k8sattributes',
          'batch',
          'resource/coralogix',
        ],
        exporters: ['otlp'],
      },
    },
    telemetry: {
      logs: { encoding: 'json' },
      metrics: { readers: [{ pull: { exporter: { prometheus: { host: '${env:MY_POD_IP}', port: 8888 } } } }] },
    },
  },
});
