import type { Mapping } from '../../yaml/value.ts';
import { collectorService, otelIntegrationChart, subChart } from '../names.ts';
import { configuration, extraEnvs, fleet, guardedPipelines, interval, metadataPreset, off, on } from './common.ts';
import { rareDefaults } from './rare.ts';

const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: 1, memory: '2G' } };
const exporter = { enabled: true, privateKey: '${env:CORALOGIX_PRIVATE_KEY}' };
const ownMetrics = { enabled: true, scrapeInterval: interval };
const named = (name: string) => ({ name, clusterRoleBinding: { name } });
const withoutHttp = { 'otlp-http': off };
const extensions = ['health_check'];

const agent = {
  enabled: true,
  mode: 'daemonset',
  fullnameOverride: collectorService.agent,
  extraEnvs,
  extraConfig: {},
  targetAllocator: {
    enabled: false,
    replicas: 1,
    allocationStrategy: 'per-node',
    prometheusCR: { enabled: true, scrapeInterval: '30s' },
    image: {
      repository: 'ghcr.io/open-telemetry/opentelemetry-operator/target-allocator',
      tag: 'v0.153.0',
    },
  },
  clusterRole: named('coralogix-opentelemetry-agent'),
  hostNetwork: true,
  dnsPolicy: 'ClusterFirstWithHostNet',
  presets: {
    metadata: metadataPreset,
    k8sResourceAttributes: { enabled: true, agentType: 'agent' },
    fleetManagement: { ...fleet('agent'), customAttributes: {} },
    logsCollection: {
      enabled: true,
      includeCollectorLogs: true,
      storeCheckpoints: true,
      maxRecombineLogSize: 1_048_576,
      maxUnmatchedBatchSize: 1,
      maxBatchSize: 1000,
      extraFilelogOperators: [],
      multilineConfigs: [],
    },
    kubernetesAttributes: { enabled: true, podUid: off, podStartTime: off, nodeFilter: on },
    kubernetesExtraMetrics: { enabled: true, perNode: true, scrapeAll: false },
    hostMetrics: { enabled: true, process: off, collectionInterval: interval },
    kubeletMetrics: { enabled: true, collectionInterval: interval },
    spanMetrics: { enabled: true, collectionInterval: interval, metricsExpiration: '5m' },
    transactions: { enabled: true, waitDuration: '30s' },
    spanMetricsMulti: { enabled: false, collectionInterval: interval, metricsExpiration: '5m', configs: [] },
    spanMetricsSanitization: {
      enabled: 'auto',
      sanitize_url: true,
      sanitizeDatabases: ['sql', 'redis', 'memcached', 'mongo', 'opensearch', 'es'],
    },
    hostEntityEvents: on,
    collectorMetrics: ownMetrics,
    jaegerReceiver: on,
    zipkinReceiver: on,
    otlpReceiver: on,
    profilesCollection: on,
    profilesK8sAttributes: {
      enabled: true,
      serviceLabels: [{ tag_name: 'service.label', key: 'app.kubernetes.io/name', from: 'pod' }],
      serviceAnnotations: [{ tag_name: 'service.annotation', key: 'app.coralogix.com/service', from: 'pod' }],
    },
    statsdReceiver: on,
    zpages: on,
    pprof: on,
    batch: on,
    coralogixExporter: exporter,
    resourceDetection: on,
    semconv: on,
  },
  config: configuration('agent', { extensions, pipelines: guardedPipelines('metrics', 'traces', 'logs') }),
  tolerations: [{ operator: 'Exists' }],
  resources,
};

const clusterCollector = {
  enabled: true,
  mode: 'deployment',
  fullnameOverride: collectorService.clusterCollector,
  clusterRole: { create: true, ...named(collectorService.clusterCollector) },
  replicaCount: 1,
  extraEnvs,
  extraConfig: {},
  presets: {
    fleetManagement: { ...fleet('cluster-collector'), customAttributes: {} },
    clusterMetrics: { enabled: true, collectionInterval: interval, customMetrics: on },
    kubernetesEvents: on,
    kubernetesApiServerMetrics: { enabled: true, scrapeAll: false },
    otlpReceiver: on,
    kubernetesAttributes: { enabled: true, podUid: off, podStartTime: off },
    resourceDetection: { enabled: true, k8sNodeName: off },
    metadata: metadataPreset,
    reduceResourceAttributes: off,
    kubernetesResources: { enabled: true, filterStatements: null },
    collectorMetrics: ownMetrics,
    zpages: on,
    pprof: on,
    batch: on,
    coralogixExporter: exporter,
  },
  config: configuration('cluster-collector', { extensions, pipelines: guardedPipelines('logs', 'metrics') }),
  tolerations: [],
  startupProbe: { failureThreshold: 4, initialDelaySeconds: 30, periodSeconds: 15, httpGet: { port: 13_133 } },
  resources,
  ports: withoutHttp,
};

const gateway = {
  enabled: false,
  mode: 'deployment',
  fullnameOverride: collectorService.gateway,
  service: { enabled: true, clusterIP: 'None' },
  extraEnvs,
  extraConfig: {},
  presets: {
    fleetManagement: { ...fleet('gateway'), customAttributes: {} },
    metadata: metadataPreset,
    collectorMetrics: ownMetrics,
    resourceDetection: { enabled: true, pipeline: 'metrics' },
    zpages: on,
    pprof: on,
    batch: on,
    coralogixExporter: exporter,
    otlpReceiver: on,
    k8sResourceAttributes: { enabled: true, agentType: 'gateway' },
  },
  config: configuration(undefined, {
    pipelines: {
      ...guardedPipelines('metrics'),
      traces: { exporters: [], processors: ['memory_limiter', 'tail_sampling'] },
    },
  }),
  tolerations: [],
  ports: withoutHttp,
};

const receiver = {
  enabled: false,
  mode: 'deployment',
  fullnameOverride: 'coralogix-opentelemetry-receiver',
  service: on,
  extraEnvs,
  presets: {
    fleetManagement: { ...fleet('receiver'), customAttributes: {} },
    metadata: metadataPreset,
    collectorMetrics: { ...ownMetrics, pipeline: 'none' },
    k8sResourceAttributes: { enabled: true, agentType: 'receiver' },
    resourceDetection: { enabled: true, pipeline: 'none' },
    batch: on,
    zpages: on,
    pprof: on,
    otlpReceiver: on,
    coralogixExporter: { ...exporter, pipelines: ['none'] },
  },
  config: configuration('receiver', {
    pipelines: {
      'metrics/self_monitoring': {
        exporters: ['coralogix'],
        processors: ['memory_limiter', 'resourcedetection/env', 'resourcedetection/region', 'batch'],
        receivers: ['prometheus'],
      },
      metrics: { exporters: ['coralogix'], processors: ['memory_limiter'] },
      traces: { exporters: ['loadbalancing'], processors: ['memory_limiter'] },
      logs: { exporters: ['coralogix'], processors: ['memory_limiter'] },
    },
  }),
  tolerations: [],
  ports: withoutHttp,
};

/**
 * What the chart `otel-integration` has where values say nothing, as far as a template reads it.
 *
 * @see https://github.com/coralogix/telemetry-shippers/blob/master/otel-integration/k8s-helm/values.yaml
 */
export const umbrellaDefaults: Mapping = {
  global: {
    domain: '',
    clusterName: '',
    defaultApplicationName: 'otel',
    defaultSubsystemName: 'integration',
    logLevel: 'info',
    collectionInterval: '30s',
    version: otelIntegrationChart.version,
    deploymentEnvironmentName: '',
    extensions: { kubernetesDashboard: on },
  },
  distribution: '',
  [subChart.agent]: agent,
  [subChart.clusterCollector]: clusterCollector,
  [subChart.gateway]: gateway,
  'opentelemetry-receiver': receiver,
  ...rareDefaults,
};
