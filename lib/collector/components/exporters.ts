import { collectorService } from '../../chart/names.ts';
import type { Exporter, Processor, Settings } from '../../pipeline/component.ts';

/** The Send-Your-Data key, which the container reads from the Secret. */
export const privateKeyVariable = 'CORALOGIX_PRIVATE_KEY';

const privateKey = `\${env:${privateKeyVariable}}`;

/**
 * What waits for a back end that is slow or away, in memory. When it is full, data is refused and counted
 * (`otelcol_exporter_enqueue_failed_*`).
 */
const sendingQueue = (): Settings => ({ enabled: true, num_consumers: 10, queue_size: 1000 });

/** How long one batch is tried before it is dropped and counted (`otelcol_exporter_send_failed_*`). */
const retryOnFailure = (): Settings => ({
  enabled: true,
  initial_interval: '1s',
  max_interval: '10s',
  max_elapsed_time: '10m',
});

/** Where application and subsystem come from: the namespace and the workload, as the chart has it. */
const applicationNameSources = ['k8s.namespace.name', 'service.namespace'] as const;
const subsystemNameSources = [
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'service.name',
] as const;

/** The names for data that was not enriched. */
export const defaultApplicationName = 'otel';
export const defaultSubsystemName = 'integration';

/**
 * Application and subsystem as resource attributes, for an exporter that does not set them itself. `insert` leaves
 * alone what is there, so the first source that exists wins.
 *
 * @see https://coralogix.com/docs/opentelemetry/configuration-options/otel-collector-for-k8s/
 */
export const coralogixNames = (): Processor => ({
  kind: 'processor',
  id: 'resource/coralogix',
  settings: {
    attributes: [
      ...inserted('cx.application.name', applicationNameSources, defaultApplicationName),
      ...inserted('cx.subsystem.name', subsystemNameSources, defaultSubsystemName),
    ],
  },
});

const inserted = (key: string, sources: readonly string[], fallback: string) => [
  ...sources.map((source) => ({ key, from_attribute: source, action: 'insert' })),
  { key, value: fallback, action: 'insert' },
];

/**
 * Coralogix' own exporter.
 *
 * @param domain domain of the region, e.g. eu2.coralogix.com
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/coralogixexporter
 */
const coralogixExporter = (domain: string): Exporter => ({
  kind: 'exporter',
  id: 'coralogix',
  settings: {
    domain,
    private_key: privateKey,
    application_name: defaultApplicationName,
    application_name_attributes: applicationNameSources,
    subsystem_name: defaultSubsystemName,
    subsystem_name_attributes: subsystemNameSources,
    timeout: '30s',
    sending_queue: sendingQueue(),
    retry_on_failure: retryOnFailure(),
  },
});

interface OtlpExporterProps {
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

/** How data leaves the cluster. */
export type ExportProps =
  /** Coralogix' own exporter, to the region's domain. */
  | { readonly type: 'coralogix'; readonly domain: string }
  /** Plain OTLP over gRPC, to any back end: host and port, without TLS if `insecure`. */
  | { readonly type: 'otlp'; readonly endpoint: string; readonly insecure?: boolean };

/** How a pipeline ends. */
interface PipelineEnd {
  /** What must be done to the data first; before `batch`, so that it is done once a resource. */
  readonly processors: readonly Processor[];
  readonly exporter: Exporter;
}

/** The `coralogix` exporter takes application and subsystem from the data; plain OTLP needs them as attributes. */
export const pipelineEnd = (props: ExportProps): PipelineEnd =>
  props.type === 'coralogix'
    ? { processors: [], exporter: coralogixExporter(props.domain) }
    : { processors: [coralogixNames()], exporter: otlpExporter(props) };
