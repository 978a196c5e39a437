import { merged } from '../merge.ts';
import { collectorService } from '../names.ts';
import { guardedPipelines, metadata, on } from './common.ts';

/** What the chart has for the collectors that see whole traces. */
export const gatewayDefaults = {
  mode: 'deployment',
  fullnameOverride: collectorService.gateway,
  service: { enabled: true, clusterIP: 'None' },
  presets: {
    ...metadata,
    batch: on,
    collectorMetrics: on,
    coralogixExporter: on,
    fleetManagement: on,
    otlpReceiver: on,
    resourceDetection: { enabled: true, pipeline: 'metrics' },
  },
  config: merged(guardedPipelines('metrics', 'traces'), {
    service: { pipelines: { traces: { processors: ['memory_limiter', 'tail_sampling'] } } },
  }),
  ports: { 'otlp-http': { enabled: false } },
};
