import { expect, test } from 'vitest';
import { forecastSchema } from '../../lib/config/schema/forecast.ts';
import { forecastSystem } from '../../lib/forecast/forecast-system.ts';
import { inventoryOf } from '../../lib/inventory/inventory.ts';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { walkedPaths } from '../../lib/model/path/walked-path.ts';
import { alternatives } from '../../lib/model/values/alternatives.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { application, collector, settings, smallSystem } from '../model/support/small-system.ts';

const yaml = (...objects: readonly object[]) => objects.map((object) => toYaml(object)).join('---\n');
const toAgent = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://coralogix-opentelemetry.coralogix:4317' };
const toClusterCollector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://coralogix-opentelemetry-collector.coralogix:4317' };
const app = (env: Readonly<Record<string, string | undefined>>) => yaml(application({ env }));
const service = { enabled: true };
const values = (agent: object = {}, more: object = {}) => ({
  global: { domain: 'eu2.coralogix.com', clusterName: 'one' },
  'opentelemetry-agent': { service, ...agent },
  ...more,
});
const bothOff = { presets: { spanMetrics: { enabled: false }, kubernetesAttributes: { enabled: false } } };
/** Four mistakes: a scheme, presets that nothing reads, and both presets off. */
const wrongValues = {
  ...values(bothOff, { presets: { hostMetrics: { enabled: true } } }),
  global: { domain: 'https://eu2.coralogix.com', clusterName: 'one' },
};
const ofWrongValues = [
  'valid-domain',
  'no-unknown-top-level-key',
  'require-span-metrics-collector',
  'require-pod-and-host-metrics',
];
const byConnection = {
  k8sattributes: { ...settings.k8sattributes, pod_association: [{ sources: [{ from: 'connection' }] }] },
};
const withoutIdentity = { OTEL_RESOURCE_ATTRIBUTES: undefined };
const argoCd = (name: string, helm: object) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name, namespace: 'argocd' },
  spec: {
    destination: { namespace: 'coralogix' },
    source: { repoURL: 'https://charts.example.com', chart: 'otel-integration', targetRevision: '0.0.331', helm },
  },
});
const operated = (mode: string, config: object, namespace: string, name = 'agent') => ({
  apiVersion: 'opentelemetry.io/v1beta1',
  kind: 'OpenTelemetryCollector',
  metadata: { name, namespace },
  spec: { mode, config },
});
const relay = (exporters: object, pipeline: object = {}) => ({
  receivers: { otlp: { protocols: { grpc: {} } } },
  exporters,
  service: { pipelines: { traces: { receivers: ['otlp'], exporters: Object.keys(exporters), ...pipeline } } },
});
const coralogix = {
  coralogix: {
    domain: 'eu2.coralogix.com',
    private_key: '${file:/key}',
    application_name: 'shop',
    subsystem_name: 'all',
  },
};

interface Reported {
  readonly files: Readonly<Record<string, string>>;
  /** Rules of the errors, each once, in the order of the findings. */
  readonly errors: readonly string[];
  /** Other rules that have to report something. */
  readonly others?: readonly string[];
  /** Of every path, what breaks it first; `ok` where nothing does, or is known to. */
  readonly paths: readonly string[];
  /** Whether each service is counted. */
  readonly counted: readonly boolean[];
  readonly collectors: readonly string[];
}

const agentOf = (file: string) => [`the agent of ${file}`, `the cluster collector of ${file}`];

const systems: Readonly<Record<string, Reported>> = {
  'an agent before a gateway that associates by the connection': {
    files: {
      'app.yaml': smallSystem({
        env: withoutIdentity,
        processors: ['batch'],
        exporters: ['otlp'],
        exporterSettings: { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
        more: collector({ collectorKind: 'Deployment', settings: byConnection }, 'gateway'),
      }),
    },
    errors: ['valid-pod-association'],
    paths: ['relayed-connection'],
    counted: [true],
    collectors: ['DaemonSet agent', 'Deployment gateway'],
  },
  'values of an Argo CD Application, as an object and as a text': {
    files: {
      'object.yaml': yaml(argoCd('one', { valuesObject: wrongValues })),
      'text.yaml': yaml(argoCd('two', { values: toYaml(wrongValues) })),
      'work.yaml': app(toClusterCollector),
    },
    errors: ofWrongValues,
    paths: ['no-span-metrics', 'no-span-metrics'],
    counted: [false, false],
    collectors: [...agentOf('object.yaml (Application one)'), ...agentOf('text.yaml (Application two)')],
  },
  'batch before k8sattributes': {
    files: {
      'app.yaml': smallSystem({ env: withoutIdentity, settings: byConnection, processors: ['batch', 'k8sattributes'] }),
    },
    errors: ['valid-pod-association'],
    paths: ['batch-before-lookup'],
    counted: [true],
    collectors: ['DaemonSet agent'],
  },
  'values of a HelmRelease': {
    files: {
      'release.yaml': yaml({
        apiVersion: 'helm.toolkit.fluxcd.io/v2',
        kind: 'HelmRelease',
        metadata: { name: 'telemetry', namespace: 'coralogix' },
        spec: { chart: { spec: { chart: 'otel-integration', version: '0.0.331' } }, values: wrongValues },
      }),
      'work.yaml': app(toClusterCollector),
    },
    errors: ofWrongValues,
    paths: ['no-span-metrics'],
    counted: [false],
    collectors: agentOf('release.yaml (HelmRelease telemetry)'),
  },
  'Istio between': {
    files: {
      'app.yaml': smallSystem({
        env: withoutIdentity,
        more: ['otel', 'shop'].map((name) => ({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name, labels: { 'istio-injection': 'enabled' } },
        })),
      }),
    },
    errors: [],
    others: ['no-mesh-interception'],
    paths: ['mesh'],
    counted: [true],
    collectors: ['DaemonSet agent'],
  },
  'a Java agent 2.x on the port of gRPC': {
    files: {
      'app.yaml': app({
        ...toAgent,
        OTEL_EXPORTER_OTLP_PROTOCOL: undefined,
        JAVA_TOOL_OPTIONS: '-javaagent:/otel/opentelemetry-javaagent-2.10.0.jar',
      }),
      'values.yaml': toYaml(values()),
    },
    errors: ['valid-otlp-protocol'],
    paths: ['protocol'],
    counted: [false],
    collectors: agentOf('values.yaml'),
  },
  'a kustomization that is not built': {
    files: {
      'kustomization.yaml': 'resources: [deploy.yaml]\npatches: [{ path: env.yaml }]\n',
      'deploy.yaml': app({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' }),
      'env.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api, namespace: shop }\n',
      'values.yaml': toYaml(values()),
    },
    errors: [],
    others: ['no-unread-input'],
    paths: [],
    counted: [],
    collectors: agentOf('values.yaml'),
  },
  'a collector of the operator without enrichment': {
    files: {
      'app.yaml': app({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://agent-collector.otel:4317' }),
      'collector.yaml': yaml(operated('daemonset', relay(coralogix), 'otel')),
    },
    errors: ['require-span-metrics-collector', 'require-pod-attributes'],
    paths: ['no-lookup'],
    counted: [false],
    collectors: ['OpenTelemetryCollector agent'],
  },
  'an Instrumentation to localhost that samples': {
    files: {
      'app.yaml': yaml(
        {
          apiVersion: 'opentelemetry.io/v1alpha1',
          kind: 'Instrumentation',
          metadata: { name: 'auto', namespace: 'shop' },
          spec: {
            exporter: { endpoint: 'http://localhost:4318' },
            sampler: { type: 'parentbased_traceidratio', argument: '0.1' },
          },
        },
        application({
          env: { OTEL_EXPORTER_OTLP_ENDPOINT: undefined, OTEL_EXPORTER_OTLP_PROTOCOL: undefined },
          metadata: { annotations: { 'instrumentation.opentelemetry.io/inject-java': 'true' } },
        }),
      ),
      'values.yaml': toYaml(values()),
    },
    errors: ['require-reachable-host-port'],
    others: ['no-undercounting-sampler'],
    paths: ['sampler'],
    counted: [false],
    collectors: agentOf('values.yaml'),
  },
  'a sidecar of the operator before an agent': {
    files: {
      'app.yaml': yaml(
        application({
          env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' },
          metadata: { annotations: { 'sidecar.opentelemetry.io/inject': 'true' } },
        }),
        operated('sidecar', relay({ otlp: { endpoint: 'agent.otel:4317', tls: { insecure: true } } }), 'shop', 'side'),
        ...collector({}),
      ),
    },
    errors: [],
    paths: ['ok'],
    counted: [true],
    collectors: ['DaemonSet agent', 'OpenTelemetryCollector side'],
  },
  'values of the plain chart of Coralogix': {
    files: {
      'app.yaml': app({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://$(NODE_IP):4317' }),
      'values.yaml': toYaml({
        global: { domain: 'eu2.coralogix.com' },
        mode: 'daemonset',
        presets: { kubernetesAttributes: { enabled: true }, hostMetrics: { enabled: true } },
        config: { exporters: coralogix, service: { pipelines: { traces: { exporters: ['coralogix'] } } } },
      }),
    },
    errors: ['require-span-metrics-collector'],
    paths: ['no-span-metrics'],
    counted: [false],
    collectors: ['the collector of values.yaml'],
  },
  'one object twice': {
    files: {
      'a.yaml': app(toAgent),
      'b.yaml': app({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' }),
      'values.yaml': toYaml(values()),
    },
    errors: ['require-reachable-host-port'],
    others: ['unique-object'],
    paths: ['ok', 'localhost'],
    counted: [true, false],
    collectors: agentOf('values.yaml'),
  },
  'three environments side by side': {
    files: {
      'app.yaml': app(toAgent),
      'dev.yaml': toYaml(values()),
      'production.yaml': toYaml(values({ presets: { kubernetesAttributes: { enabled: false } } })),
      'staging.yaml': toYaml(values()),
    },
    errors: ['require-pod-attributes'],
    paths: ['ok', 'no-lookup', 'ok'],
    counted: [true, true, true],
    collectors: ['dev.yaml', 'production.yaml', 'staging.yaml'].flatMap(agentOf),
  },
  'a dependency of an umbrella chart': {
    files: {
      'app.yaml': app(toAgent),
      'chart/Chart.yaml':
        'apiVersion: v2\nname: shop\ndependencies: [{ name: otel-integration, version: 0.0.331, repository: "https://charts.example.com" }]\n',
      'chart/values.yaml': toYaml({ 'otel-integration': values(bothOff) }),
    },
    errors: ['require-span-metrics-collector', 'require-pod-and-host-metrics'],
    paths: ['no-lookup'],
    counted: [false],
    collectors: agentOf('chart/values.yaml'),
  },
  'templates that are not rendered': {
    files: {
      'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
      'templates/deploy.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: "{{ .Release.Name }}" }\n',
    },
    errors: [],
    others: ['no-unread-input'],
    paths: [],
    counted: [],
    collectors: [],
  },
};

test.each(Object.entries(systems))('%s: lint, explain, forecast and collectors have one answer', (_, system) => {
  const sources = Object.entries(system.files).map(([file, text]) => ({ file, text }));
  const { model, result } = lintSources(sources);
  const rulesOf = (isWanted: (level: string) => boolean) => [
    ...new Set(result.findings.filter(({ level }) => isWanted(level)).map(({ rule }) => rule.id)),
  ];
  expect(rulesOf((level) => level === 'error').sort()).toEqual([...system.errors].sort());
  expect(rulesOf((level) => level !== 'error')).toEqual(expect.arrayContaining([...(system.others ?? [])]));
  // Each installation that excludes the first is one answer more.
  const models = [model, ...alternatives(model).map(({ isThere }) => model.only(isThere))];
  const paths = models.flatMap((each) =>
    walkedPaths(each).map(({ hops }) => hops.flatMap((hop) => hop.cause ?? [])[0] ?? 'ok'),
  );
  expect(paths).toEqual(system.paths);
  const counted = models.flatMap((each) => {
    const { services } = forecastSystem(each, forecastSchema.parse({}));
    // The largest comes first.
    return services.map(({ series }) => series > 0);
  });
  expect(counted).toEqual(system.counted);
  expect(inventoryOf(model).collectors.map(({ title }) => title)).toEqual(system.collectors);
});
