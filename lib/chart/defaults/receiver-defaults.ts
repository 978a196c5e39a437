import { merged } from '../merge.ts';
import { guardedPipelines, metadata, on } from './common.ts';

/** What the chart has for the collectors that take what comes from outside and hand traces to the gateway. */
export const receiverDefaults = {
  mode: 'deployment',
  fullnameOverride: 'coralogix-opentelemetry-receiver',
  service: on,
  presets: {
    ...metadata,
    batch: on,
    collectorMetrics: { enabled: true, pipeline: 'none' },
    coralogixExporter: { enabled: true, pipelines: ['none'] },
    fleetManagement: on,
    otlpReceiver: on,
    resourceDetection: { enabled: true, pipeline: 'none' },
  },
  config: merged(guardedPipelines('metrics', 'traces', 'logs'), {
    service: {
      pipelines: {
        'metrics/self_monitoring': {
          exporters: ['coralogix'],
          processors: ['memory_limiter', 'resourcedetection/env', 'resourcedetection/region', 'batch'],
          receivers: ['prometheus'],
        },
        metrics: { exporters: ['coralogix'] },
        traces: { exporters: ['loadbalancing'] },
        logs: { exporters: ['coralogix'] },
      },
    },
  }),
  ports: { 'otlp-http': { enabled: false } },
};
