import type { Mapping } from '../../yaml/value.ts';
import { chartDefaultDimensions } from '../dimensions.ts';
import { off, on } from './common.ts';

const buckets = ['1ms', '4ms', '10ms', '20ms', '50ms', '100ms', '200ms', '500ms', '1s', '2s', '5s'];
const extraDimensions = chartDefaultDimensions.map((name) => ({ name }));
const limits = { seriesExpiration: '5m', aggregationCardinalityLimit: 100_000 };
const compactMetrics = { enabled: true, dropHistogram: false };
const privateKey = '${env:CORALOGIX_PRIVATE_KEY}';
const batchSize = { minSize: 1_048_576, maxSize: 2_097_152 };
const sendingQueue = {
  enabled: true,
  numConsumers: 20,
  sizer: 'bytes',
  queueSize: 209_715_200,
  batch: { flushTimeout: '250ms', ...batchSize, sizer: 'bytes' },
};
const supervisor = {
  enabled: false,
  imageVersion: '0.11.0',
  minimalCollectorConfig: true,
  initialFallbackConfigs: [],
  objstoreConfig: {
    enabled: false,
    create: true,
    name: '',
    mountPath: '/etc/otel/objstore',
    fileName: 'objstore.yaml',
    config: {},
  },
};

const spans: Mapping = {
  spanMetrics: {
    enabled: false,
    serviceVersion: on,
    errorTracking: on,
    compactMetrics,
    dbMetrics: { enabled: true, serviceVersion: on, extraDimensions: [], compactMetrics },
    extraDimensions,
    histogramBuckets: buckets,
    spanNameReplacePattern: [],
    ...limits,
  },
  spanMetricsMulti: { enabled: false, extraDimensions, defaultHistogramBuckets: buckets, configs: [], ...limits },
  spanMetricsSanitization: { enabled: 'auto', sanitize_url: true, sanitizeDatabases: [] },
  semconv: off,
  transactions: { enabled: false, waitDuration: '30s' },
  headSampling: { enabled: false, percentage: 10, mode: 'proportional' },
  loadBalancing: {
    enabled: false,
    pipelines: ['traces'],
    routingKey: 'traceID',
    hostname: '',
    k8s: { enabled: false, service: '', ports: [], timeout: '1m' },
  },
  jaegerReceiver: off,
  zipkinReceiver: off,
};

const enrichment: Mapping = {
  kubernetesAttributes: {
    enabled: false,
    extractAllPodLabels: false,
    extractAllPodAnnotations: false,
    podUid: on,
    podStartTime: on,
    nodeFilter: off,
  },
  metadata: { enabled: false, clusterName: '', integrationName: '' },
  resourceDetection: {
    enabled: false,
    pipeline: 'all',
    provider: '',
    detectors: { env: null, cloud: [] },
    region: on,
    k8sNodeName: on,
    dbusMachineId: on,
    deploymentEnvironmentName: '',
  },
  k8sResourceAttributes: { enabled: false, agentType: '' },
  // The attributes that the chart lists are none that a pod is found by.
  reduceResourceAttributes: {
    enabled: false,
    pipelines: ['all'],
    provider: '',
    denylist: { metrics: [], traces: [], logs: [] },
  },
  profilesCollection: off,
  profilesK8sAttributes: { enabled: true, serviceLabels: [], serviceAnnotations: [] },
  ecsAttributesContainerLogs: { enabled: false, profilesServiceName: off },
};

const exporters: Mapping = {
  coralogixExporter: {
    enabled: false,
    pipelines: ['all'],
    privateKey,
    domain: '',
    version: '',
    defaultApplicationName: '',
    defaultSubsystemName: '',
    additionalEndpoints: [],
    sendingQueue,
    keepalive: { enabled: true, time: '30s', timeout: '10s', permit_without_stream: false },
  },
  coralogixResourceCatalogExporter: { sendingQueue },
  otlpExporter: { enabled: false, pipelines: ['all'], endpoint: '', headers: {}, tls: {} },
  batch: { enabled: false, sendBatchSize: 1024, sendBatchMaxSize: 2048, timeout: '1s' },
  otlpReceiver: { enabled: true, maxRecvMsgSizeMiB: 20 },
};

const metrics: Mapping = {
  hostMetrics: { enabled: false, process: off },
  kubeletMetrics: off,
  clusterMetrics: { enabled: false, customMetrics: off },
  kubernetesExtraMetrics: { enabled: false, perNode: false, scrapeAll: false },
  kubernetesApiServerMetrics: { enabled: false, scrapeAll: false },
  deltaToCumulative: off,
  collectorMetrics: { enabled: true, pipeline: 'metrics', scrapeInterval: '30s', disablePrometheusReceiver: false },
  prometheusMulti: { enabled: false, scrapeInterval: '15s', targets: [] },
  prometheusAnnotationDiscovery: {
    enabled: false,
    scrapeInterval: '30s',
    observePods: true,
    observeServices: false,
    enableServiceRule: false,
  },
  mysql: {
    metrics: { enabled: false, instances: [{ username: 'root', password: '${env:MYSQL_PASSWORD}', port: 3306 }] },
    extraLogs: {
      enabled: false,
      volumeMountName: 'data',
      mountPath: '/var/lib/mysql',
      logFilesPath: '',
      logFilesExtension: '.log',
    },
  },
  systemdReceiver: off,
  iisReceiver: { enabled: false, collectionInterval: '30s' },
  statsdReceiver: off,
  awsecscontainermetricsdReceiver: off,
};

const logs: Mapping = {
  logsCollection: {
    enabled: false,
    includeCollectorLogs: false,
    forceFlushPeriod: '0',
    storeCheckpoints: false,
    maxRecombineLogSize: 1_048_576,
    maxUnmatchedBatchSize: 1,
    maxBatchSize: 1000,
    extraFilelogOperators: [],
    multilineConfigs: [],
    reduceLogAttributes: { enabled: false, denylist: ['log.iostream', 'log.file.path', 'logtag', 'time'] },
  },
  filelogMulti: { enabled: false, receivers: [] },
  ecsLogsCollection: { enabled: false, forceFlushPeriod: '0' },
  macosSystemLogs: { enabled: false, dynamicSubsystemName: true, includePaths: ['/var/log/system.log'] },
  journaldReceiver: { enabled: false, dynamicSubsystemName: false },
  windowsEventLog: { enabled: false, channels: ['System', 'Application', 'Security'] },
  iisLogs: { enabled: false, storeCheckpoints: false },
};

const operations: Mapping = {
  kubernetesEvents: { enabled: false, clusterName: '' },
  kubernetesResources: {
    enabled: false,
    filterWorkflows: on,
    filterStatements: [],
    transformStatements: [],
    dropManagedFields: off,
    periodicCollection: on,
  },
  hostEntityEvents: off,
  fleetManagement: {
    enabled: false,
    supervisor,
    customAttributes: {},
    agentType: '',
    clusterName: '',
    integrationID: '',
  },
  eksFargate: {
    monitoringCollector: false,
    kubeletStats: { collectionInterval: '30s' },
    initContainer: { enabled: false, image: { repository: 'public.ecr.aws/aws-cli/aws-cli', tag: '2.28.17' } },
  },
  ebpfProfiler: {
    enabled: false,
    reporterInterval: '5s',
    probabilisticInterval: '1m',
    probabilisticThreshold: 100,
    verboseMode: false,
    offCpuThreshold: 0,
    tracers: 'all',
  },
  zpages: { enabled: false, endpoint: 'localhost:55679' },
  pprof: { enabled: false, endpoint: 'localhost:1777' },
};

/** What the chart has for its presets where values say nothing. */
export const presetDefaults: Mapping = {
  ...spans,
  ...enrichment,
  ...exporters,
  ...metrics,
  ...logs,
  ...operations,
};
