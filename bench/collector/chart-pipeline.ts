import type { Settings } from '../../lib/pipeline/component.ts';
import { connector, exporterQueue, extension, processor, receiver, telemetry } from './chart-components.ts';

type ProcessorId = keyof typeof processor;
type ConnectorId = keyof typeof connector;

interface ChartPipeline {
  readonly receivers: readonly (keyof typeof receiver | ConnectorId)[];
  readonly processors: readonly ProcessorId[];
  readonly exporters: readonly ('otlp' | 'otlp/gateway' | ConnectorId)[];
}

const enrich = [
  'memory_limiter',
  'resourcedetection/env',
  'resource/metadata',
  'k8sattributes',
] as const satisfies readonly ProcessorId[];

/**
 * The agent's pipelines of the chart `otel-integration` 0.0.331, in the chart's order.
 *
 * Left out, since the test bed cannot build it: the `coralogix` and `loadbalancing` exporters (plain `otlp` with the
 * same queue stands for both), the `coralogix` processor, the extension `opamp`, `hostmetrics`, `kubeletstats`,
 * `prometheus`, `filelog` and the other receivers with the extension `file_storage` that one of them uses, and the
 * pipeline that only `hostmetrics` feeds. The region detectors are left out because no cloud answers here.
 */
const pipelines: Readonly<Record<string, ChartPipeline>> = {
  logs: { receivers: ['otlp'], processors: [...enrich, 'batch'], exporters: ['otlp'] },
  metrics: {
    receivers: ['spanmetrics', 'spanmetrics/db', 'otlp'],
    processors: [
      ...enrich,
      'transform/kubeletstatscpu',
      'filter/k8s_extra_metrics',
      'transform/spanmetrics',
      'transform/prometheus',
      'batch',
    ],
    exporters: ['otlp'],
  },
  'metrics/compact': compactMetrics('spanmetrics/compact'),
  'metrics/db_compact': compactMetrics('spanmetrics/db_compact'),
  traces: {
    receivers: ['otlp'],
    processors: [
      ...enrich,
      'transform/spanmetrics',
      'redaction/spanname',
      'transform/semconv',
      'groupbytrace/transactions',
      'batch',
    ],
    exporters: ['spanmetrics', 'forward/db', 'forward/compact', 'forward/db_compact', 'otlp/gateway'],
  },
  'traces/compact': {
    receivers: ['forward/compact'],
    processors: ['transform/compact', 'batch'],
    exporters: ['spanmetrics/compact'],
  },
  'traces/db': {
    receivers: ['forward/db'],
    processors: ['filter/db_spanmetrics', 'batch'],
    exporters: ['spanmetrics/db'],
  },
  'traces/db_compact': {
    receivers: ['forward/db_compact'],
    processors: ['filter/db_compact_spanmetrics', 'transform/db_compact', 'batch'],
    exporters: ['spanmetrics/db_compact'],
  },
};

function compactMetrics(spanMetrics: ConnectorId): ChartPipeline {
  return {
    receivers: [spanMetrics],
    processors: ['memory_limiter', 'transform/spanmetrics', 'batch'],
    exporters: ['otlp'],
  };
}

/** @param endpoint host and port of the back end, without TLS */
export function chartConfiguration(endpoint: string): Settings {
  return {
    receivers: receiver,
    processors: processor,
    connectors: connector,
    exporters: {
      otlp: { endpoint, tls: { insecure: true }, timeout: '30s', sending_queue: exporterQueue },
      'otlp/gateway': { endpoint, tls: { insecure: true } },
    },
    extensions: extension,
    service: { extensions: Object.keys(extension), pipelines, telemetry },
  };
}
