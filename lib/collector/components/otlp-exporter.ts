import type { Exporter } from '../../pipeline/component.ts';
import { privateKey } from './private-key.ts';
import { retryOnFailure, sendingQueue } from './sending-queue.ts';

export interface OtlpExporterProps {
  /** Host and port, e.g. `ingress.eu2.coralogix.com:443`. */
  readonly endpoint: string;
  /**
   * Without TLS; for a back end inside the cluster.
   *
   * @default false
   */
  readonly insecure?: boolean;
}

/**
 * Plain OTLP over gRPC, which Coralogix and any other OTLP back end understand.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector/tree/main/exporter/otlpexporter
 */
export const otlpExporter = ({ endpoint, insecure }: OtlpExporterProps): Exporter => ({
  kind: 'exporter',
  id: 'otlp',
  settings: {
    endpoint,
    compression: 'gzip',
    headers: { Authorization: `Bearer ${privateKey}` },
    tls: { insecure: insecure ?? false },
    timeout: '30s',
    sending_queue: sendingQueue(),
    retry_on_failure: retryOnFailure(),
  },
});
