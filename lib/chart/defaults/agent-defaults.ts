import { collectorService } from '../names.ts';
import { guardedPipelines, interval, metadata, on } from './common.ts';

const everySoOften = { enabled: true, collectionInterval: interval };
const onlyOnThisNode = { enabled: true, perNode: true };

/** What the chart has for the agent on every node. */
export const agentDefaults = {
  mode: 'daemonset',
  fullnameOverride: collectorService.agent,
  hostNetwork: true,
  presets: {
    ...metadata,
    batch: on,
    collectorMetrics: on,
    coralogixExporter: on,
    fleetManagement: on,
    hostEntityEvents: on,
    hostMetrics: everySoOften,
    jaegerReceiver: on,
    kubeletMetrics: everySoOften,
    kubernetesAttributes: { enabled: true, podUid: { enabled: false }, podStartTime: { enabled: false } },
    kubernetesExtraMetrics: onlyOnThisNode,
    logsCollection: { enabled: true, includeCollectorLogs: true },
    otlpReceiver: on,
    profilesCollection: on,
    profilesK8sAttributes: on,
    resourceDetection: on,
    semconv: on,
    spanMetrics: { ...everySoOften, metricsExpiration: '5m' },
    spanMetricsMulti: { enabled: false, collectionInterval: interval, metricsExpiration: '5m', configs: [] },
    spanMetricsSanitization: {
      enabled: 'auto',
      sanitize_url: true,
      sanitizeDatabases: ['sql', 'redis', 'memcached', 'mongo', 'opensearch', 'es'],
    },
    statsdReceiver: on,
    transactions: { enabled: true, waitDuration: '30s' },
    zipkinReceiver: on,
  },
  config: guardedPipelines('metrics', 'traces', 'logs'),
};
