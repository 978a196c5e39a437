import type { Settings } from '../../pipeline/component.ts';
import { podIpVariable } from './otlp-receiver.ts';

export const ownMetricsPort = 8888;

/** A collector's own telemetry: JSON logs, and metrics to scrape. */
export const ownTelemetry = (): Settings => ({
  logs: { encoding: 'json', level: 'info' },
  metrics: {
    readers: [{ pull: { exporter: { prometheus: { host: podIpVariable, port: ownMetricsPort } } } }],
  },
});
