import type { Extension } from '../../pipeline/component.ts';
import { podIpVariable } from './otlp-receiver.ts';

export const healthCheckPort = 13133;

/** Answers the kubelet's probes. */
export const healthCheck = (): Extension => ({
  kind: 'extension',
  id: 'health_check',
  settings: { endpoint: `${podIpVariable}:${healthCheckPort}` },
});
