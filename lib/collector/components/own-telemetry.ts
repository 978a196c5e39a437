import type { Settings } from '../../pipeline/component.ts';
import { podIp } from './otlp-receiver.ts';

export const ownMetricsPort = 8888;

/** What a collector says of itself: JSON logs, and its metrics for whoever scrapes them. */
export const ownTelemetry = (): Settings => ({
  logs: { encoding: 'json', level: 'info' },
  metrics: {
    readers: [{ pull: { exporter: { prometheus: { host: podIp, port: ownMetricsPort } } } }],
  },
});
