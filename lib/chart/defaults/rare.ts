import type { Mapping } from '../../yaml/value.ts';
import { configuration, extraEnvs, fleet, interval, metadataPreset, off, on } from './common.ts';

const nodeName = { name: 'K8S_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } };
const amounts = { cpu: 1, memory: '2Gi' };

const fargate = {
  enabled: false,
  replicaCount: 1,
  distribution: 'eks/fargate',
  extraEnvs: [...extraEnvs, nodeName],
  ports: { metrics: on },
  resources: { limits: amounts, requests: amounts },
  podSecurityContext: { fsGroup: 65_534 },
};

const fargatePresets = {
  metadata: metadataPreset,
  coralogixExporter: { enabled: true, privateKey: '${env:CORALOGIX_PRIVATE_KEY}' },
  batch: { enabled: true, timeout: '60s' },
  otlpReceiver: { enabled: true, maxRecvMsgSizeMiB: 20 },
  resourceDetection: { enabled: true, dbusMachineId: off },
};

const kubeletStats = { collectionInterval: interval };

/** What the chart has for sub-charts that few install, and for those that are no collector. */
export const rareDefaults: Mapping = {
  'opentelemetry-agent-windows': off,
  'opentelemetry-agent-eks-fargate': {
    ...fargate,
    fullnameOverride: 'otel-agent-eks-fargate',
    mode: 'statefulset',
    networkMode: 'ipv4',
    presets: {
      ...fargatePresets,
      eksFargate: {
        monitoringCollector: false,
        kubeletStats,
        initContainer: { enabled: true, image: { repository: 'public.ecr.aws/aws-cli/aws-cli', tag: '2.28.17' } },
      },
      kubernetesAttributes: on,
    },
  },
  'opentelemetry-agent-eks-fargate-monitoring': {
    ...fargate,
    fullnameOverride: 'otel-agent-eks-fargate-monitoring',
    mode: 'deployment',
    presets: {
      ...fargatePresets,
      eksFargate: { monitoringCollector: true, kubeletStats },
      kubernetesAttributes: off,
    },
    config: {
      exporters: {},
      extensions: { health_check: { endpoint: '${env:MY_POD_IP}:13133' }, memory_ballast: {} },
      receivers: {},
      processors: { memory_limiter: null },
      service: { telemetry: { logs: { encoding: 'json' } }, extensions: ['health_check'] },
    },
  },
  'opentelemetry-ebpf-profiler': {
    enabled: false,
    mode: 'daemonset',
    fullnameOverride: 'coralogix-opentelemetry-ebpf-profiler',
    extraEnvs,
    podAnnotations: {
      'prometheus.io/scrape': 'true',
      'prometheus.io/path': '/metrics',
      'prometheus.io/port': '8888',
    },
    ports: { otlp: off, 'otlp-http': off, metrics: on },
    presets: {
      resourceDetection: off,
      ebpfProfiler: on,
      fleetManagement: fleet('ebpf-profiler'),
      metadata: metadataPreset,
      otlpExporter: {
        enabled: true,
        endpoint: '${env:K8S_NODE_IP}:4317',
        pipelines: ['profiles'],
        tls: { insecure: true },
      },
      otlpReceiver: off,
      collectorMetrics: { enabled: true, disablePrometheusReceiver: true },
    },
    config: configuration('ebpf-profiler', {}),
  },
  'coralogix-operator': off,
  'coralogix-ebpf-profiler': off,
  'opentelemetry-autoinstrumentation': off,
  'opentelemetry-ebpf-instrumentation': off,
};
