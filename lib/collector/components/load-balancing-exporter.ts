import { collectorService } from '../../chart/names.ts';
import type { Exporter } from '../../pipeline/component.ts';

/**
 * Sends all spans of a trace to the same gateway, found through its headless Service.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/loadbalancingexporter
 */
export const loadBalancingExporter = (): Exporter => ({
  kind: 'exporter',
  id: 'loadbalancing',
  settings: {
    routing_key: 'traceID',
    protocol: { otlp: { tls: { insecure: true } } },
    resolver: { dns: { hostname: collectorService.gateway } },
  },
});
