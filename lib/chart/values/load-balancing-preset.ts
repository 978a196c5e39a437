import type { Preset } from './preset.ts';

/**
 * Sends all spans of a trace to the same gateway.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/loadbalancingexporter
 */
export interface LoadBalancingPreset extends Preset {
  /**
   * Host name that resolves to the address of every gateway pod.
   *
   * @default - empty, with which the exporter stops the collector at its start
   */
  readonly hostname?: string;
}
