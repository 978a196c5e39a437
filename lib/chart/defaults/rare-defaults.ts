import { metadata, on } from './common.ts';

const fargate = {
  ...metadata,
  batch: { enabled: true, timeout: '60s' },
  coralogixExporter: on,
  otlpReceiver: on,
  resourceDetection: on,
};

/** What the chart has for the agent that stands in for one on every node where there are no nodes. */
export const fargateDefaults = {
  mode: 'statefulset',
  fullnameOverride: 'otel-agent-eks-fargate',
  distribution: 'eks/fargate',
  presets: { ...fargate, eksFargate: { monitoringCollector: false }, kubernetesAttributes: on },
  ports: { metrics: on },
};

/** What the chart has for the collector that watches it. */
export const fargateMonitoringDefaults = {
  mode: 'deployment',
  fullnameOverride: 'otel-agent-eks-fargate-monitoring',
  distribution: 'eks/fargate',
  presets: {
    ...fargate,
    eksFargate: { monitoringCollector: true },
    kubernetesAttributes: { enabled: false },
  },
  ports: { metrics: on },
};

/** What the chart has for the profiler on every node. */
export const profilerDefaults = {
  mode: 'daemonset',
  fullnameOverride: 'coralogix-opentelemetry-ebpf-profiler',
  ports: { otlp: { enabled: false }, 'otlp-http': { enabled: false }, metrics: on },
  presets: {
    ...metadata,
    collectorMetrics: { enabled: true, disablePrometheusReceiver: true },
    ebpfProfiler: on,
    fleetManagement: on,
    otlpExporter: {
      enabled: true,
      endpoint: '${env:K8S_NODE_IP}:4317',
      pipelines: ['profiles'],
      tls: { insecure: true },
    },
    otlpReceiver: { enabled: false },
  },
};
