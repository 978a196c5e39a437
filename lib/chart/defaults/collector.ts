import type { Mapping } from '../../yaml/value.ts';
import { otlpPort } from '../names.ts';
import { off } from './common.ts';
import { presetDefaults } from './presets.ts';

const pipeline = { exporters: ['debug'], processors: ['memory_limiter'], receivers: [] };
const image = { repository: '', pullPolicy: 'IfNotPresent', tag: '', digest: '' };
const probe = (initialDelaySeconds: number) => ({
  initialDelaySeconds,
  periodSeconds: 10,
  timeoutSeconds: 5,
  failureThreshold: 3,
});
const health = { httpGet: { port: 13_133, path: '/' } };
const monitor = { enabled: false, metricsEndpoints: [{ port: 'metrics' }], targetLabels: [], extraLabels: {} };
const scheduling = { nodeSelector: {}, tolerations: [], affinity: {} };
const otlp = (port: number) => ({
  enabled: true,
  containerPort: port,
  servicePort: port,
  hostPort: port,
  protocol: 'TCP',
});

const targetAllocator = {
  enabled: false,
  replicas: 1,
  ...scheduling,
  scrapeConfigs: [],
  prometheusCR: {
    enabled: false,
    serviceMonitorNamespaceSelector: {},
    podMonitorNamespaceSelector: {},
    podMonitorSelector: {},
    serviceMonitorSelector: {},
    probeSelector: {},
    probeNamespaceSelector: {},
    scrapeInterval: '30s',
  },
  allocationStrategy: '',
  allocationFallbackStrategy: '',
  image,
  serviceAccount: '',
  resources: {},
  volumeMounts: [],
  volumes: [],
  podLabels: {},
  serviceMonitor: { enabled: false, extraLabels: {} },
  pdb: { create: false, maxUnavailable: '25%' },
  livenessProbe: probe(10),
  readinessProbe: probe(5),
  minReadySeconds: 60,
};

const objects: Mapping = {
  serviceAccount: { create: true, annotations: {}, name: '' },
  clusterRole: {
    create: false,
    annotations: {},
    name: '',
    rules: [],
    clusterRoleBinding: { annotations: {}, name: '' },
  },
  service: { type: 'ClusterIP', annotations: {} },
  ingress: { enabled: false, additionalIngresses: [] },
  podMonitor: monitor,
  serviceMonitor: monitor,
  podDisruptionBudget: off,
  autoscaling: {
    enabled: false,
    mode: 'hpa',
    minReplicas: 1,
    maxReplicas: 10,
    behavior: {},
    targetCPUUtilizationPercentage: 80,
  },
  rollout: { rollingUpdate: {}, strategy: 'RollingUpdate' },
  prometheusRule: { enabled: false, groups: [], defaultRules: off, extraLabels: {} },
  statefulset: { volumeClaimTemplates: [], podManagementPolicy: 'Parallel' },
  networkPolicy: { enabled: false, annotations: {}, allowIngressFrom: [], extraIngressRules: [], egressRules: [] },
};

const pods: Mapping = {
  image,
  imagePullSecrets: [],
  command: { name: '', extraArgs: [] },
  podSecurityContext: {},
  securityContext: {},
  ...scheduling,
  topologySpreadConstraints: [],
  priorityClassName: '',
  priorityClass: { create: false, name: '', priorityValue: 1_000_000_000 },
  extraContainers: [],
  initContainers: [],
  extraEnvs: [],
  extraEnvsFrom: [],
  extraVolumes: [],
  extraVolumeMounts: [],
  ports: {
    otlp: { ...otlp(otlpPort.grpc), appProtocol: 'grpc' },
    'otlp-http': otlp(otlpPort.http),
    metrics: { enabled: false, containerPort: 8888, servicePort: 8888, protocol: 'TCP' },
  },
  resources: {},
  lifecycleHooks: {},
  startupProbe: {},
  livenessProbe: health,
  readinessProbe: health,
  podAnnotations: {},
  podLabels: {},
  hostNetwork: false,
  networkMode: 'ipv4',
  dnsPolicy: '',
  dnsConfig: {},
};

/**
 * What the chart `opentelemetry-collector` 0.135.4 has where values say nothing: null takes away what stands here, and
 * what stands here is there for its templates to read.
 *
 * @see https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.yaml
 */
export const collectorDefaults: Mapping = {
  global: {
    domain: '',
    version: '',
    defaultApplicationName: '',
    defaultSubsystemName: '',
    deploymentEnvironmentName: '',
  },
  distribution: '',
  provider: '',
  nameOverride: '',
  fullnameOverride: '',
  namespaceOverride: '',
  isWindows: false,
  mode: 'daemonset',
  presets: presetDefaults,
  config: {
    exporters: { debug: {} },
    extensions: { health_check: { endpoint: '${env:MY_POD_IP}:13133' }, memory_ballast: {} },
    receivers: {},
    processors: { memory_limiter: null },
    service: {
      telemetry: { logs: { encoding: 'json' } },
      extensions: ['health_check'],
      pipelines: { logs: pipeline, metrics: pipeline, traces: pipeline },
    },
  },
  configMap: { create: true },
  extraConfig: {},
  collectorCRD: { generate: false, updateStrategy: '', resources: {} },
  targetAllocator,
  ...pods,
  ...objects,
  replicaCount: 1,
  revisionHistoryLimit: 10,
  annotations: {},
  additionalLabels: {},
  useGOMEMLIMIT: true,
};
