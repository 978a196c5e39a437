import type { Extension, Settings } from '../../pipeline/component.ts';
import { podIpVariable } from './receivers.ts';

export const ownMetricsPort = 8888;

/** A collector's own telemetry: JSON logs, and metrics to scrape. */
export const ownTelemetry = (): Settings => ({
  logs: { encoding: 'json', level: 'info' },
  metrics: {
    readers: [{ pull: { exporter: { prometheus: { host: podIpVariable, port: ownMetricsPort } } } }],
  },
});

export const healthCheckPort = 13133;

/** Answers the kubelet's probes. */
export const healthCheck = (): Extension => ({
  kind: 'extension',
  id: 'health_check',
  settings: { endpoint: `${podIpVariable}:${healthCheckPort}` },
});
