import { collectorService } from '../names.ts';
import { guardedPipelines, interval, metadata, on } from './common.ts';

/** What the chart has for the one collector of a cluster. */
export const clusterCollectorDefaults = {
  mode: 'deployment',
  fullnameOverride: collectorService.clusterCollector,
  presets: {
    ...metadata,
    batch: on,
    clusterMetrics: { enabled: true, collectionInterval: interval, customMetrics: on },
    collectorMetrics: on,
    coralogixExporter: on,
    fleetManagement: on,
    kubernetesApiServerMetrics: on,
    kubernetesAttributes: { enabled: true, podUid: { enabled: false }, podStartTime: { enabled: false } },
    kubernetesEvents: on,
    kubernetesResources: on,
    otlpReceiver: on,
    resourceDetection: on,
  },
  config: guardedPipelines('logs', 'metrics'),
  ports: { 'otlp-http': { enabled: false } },
};
