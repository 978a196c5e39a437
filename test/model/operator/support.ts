import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';

/** Objects as one file. */
export const file = (...objects: readonly object[]): string => objects.map((object) => toYaml(object)).join('---\n');

/** Rules about settings of a collector that the small configurations here leave out. */
const settingRules: readonly string[] = [
  'no-unused-component',
  'require-cardinality-limit',
  'require-catalog-dimension',
  'require-compact-metrics',
  'require-memory-limiter',
  'valid-otlp-ingress',
];

/** `level rule` of what lint reports about objects and the path of their spans. */
export const reportedOf = (...objects: readonly object[]): string[] =>
  lintSources([{ file: 'app.yaml', text: file(...objects) }])
    .result.findings.filter(({ rule }) => !settingRules.includes(rule.id))
    .map(({ level, rule }) => `${level} ${rule.id}`);

const enriched = {
  k8sattributes: {
    extract: { metadata: ['k8s.namespace.name', 'k8s.deployment.name', 'k8s.pod.name', 'k8s.node.name'] },
    pod_association: [{ sources: [{ from: 'connection' }] }],
  },
};

/** A configuration that enriches and counts. */
export const counting = {
  receivers: { otlp: { protocols: { grpc: {} } } },
  processors: enriched,
  connectors: { spanmetrics: { namespace: '', histogram: { unit: 'ms' } } },
  exporters: { otlp: { endpoint: 'ingress.eu2.coralogix.com:443' } },
  service: {
    pipelines: {
      traces: { receivers: ['otlp'], processors: ['k8sattributes'], exporters: ['spanmetrics', 'otlp'] },
      metrics: { receivers: ['spanmetrics'], exporters: ['otlp'] },
    },
  },
};

/** A configuration that passes spans on to an address. */
export const passing = (endpoint: string, processors: readonly string[] = []) => ({
  receivers: { otlp: { protocols: { grpc: null } } },
  processors: enriched,
  exporters: { otlp: { endpoint, tls: { insecure: true } } },
  service: { pipelines: { traces: { receivers: ['otlp'], processors, exporters: ['otlp'] } } },
});

export const collectorResource = (name: string, namespace: string, spec: object, version = 'v1beta1') => ({
  apiVersion: `opentelemetry.io/${version}`,
  kind: 'OpenTelemetryCollector',
  metadata: { name, namespace },
  spec,
});

export const instrumentation = (spec: object, name = 'auto', namespace = 'bakery') => ({
  apiVersion: 'opentelemetry.io/v1alpha1',
  kind: 'Instrumentation',
  metadata: { name, namespace },
  spec,
});

export interface OvenProps {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly kind?: string;
}

/** A workload named `oven` in namespace `bakery`. */
export const oven = ({ annotations = {}, env = {}, kind = 'Deployment' }: OvenProps) => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'oven', namespace: 'bakery' },
  spec: {
    selector: { matchLabels: { app: 'oven' } },
    template: {
      metadata: { labels: { app: 'oven' }, annotations },
      spec: {
        containers: [
          { name: 'oven', image: 'oven:7', env: Object.entries(env).map(([name, value]) => ({ name, value })) },
        ],
      },
    },
  },
});

/** What an SDK is configured with that sends to an endpoint by gRPC. */
export const sendingTo = (endpoint: string) => ({
  OTEL_SERVICE_NAME: 'oven',
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
});

export const namespaceOf = (annotations: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'bakery', annotations },
});
