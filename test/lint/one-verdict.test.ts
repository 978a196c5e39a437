import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lintSources } from '../../lib/lint/lint-sources.ts';
import { rules } from '../../lib/lint/rules/index.ts';
import { type Cause, causes } from '../../lib/model/path/hop.ts';
import { walkedPaths } from '../../lib/model/path/walked-path.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import {
  application,
  collector,
  connector,
  coralogix,
  settings,
  smallSystem,
  undefinedComponent,
} from '../model/support/small-system.ts';
import { causeRules, pathRules } from './support/cause-rules.ts';
import { differences } from './support/differences.ts';
import { randomSystems } from './support/random-systems.ts';

test('every cause of a broken hop has a rule', () => {
  const ids = rules.map(({ id }) => id);
  expect(causes.filter((cause) => causeRules[cause].length === 0)).toEqual([]);
  expect(pathRules.filter((id) => !ids.includes(id))).toEqual([]);
});

const byConnection = {
  k8sattributes: { ...settings.k8sattributes, pod_association: [{ sources: [{ from: 'connection' }] }] },
};
const withoutIdentity = { OTEL_RESOURCE_ATTRIBUTES: undefined };
const service = { service: { enabled: true } };
const image = { containers: [{ name: 'otelcol', image: 'otel/opentelemetry-collector-contrib:0.155.0' }] };
const mounting = { volumes: [{ name: 'config', configMap: { name: 'agent' } }] };
const restricted = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'otel', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
};
const otlp = { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } };
const group = { trace_statements: ['replace_pattern(span.name, "a(b)", "${1}")'] };
const values = (agent: object) => toYaml({ global: { domain: 'eu2.coralogix.com' }, 'opentelemetry-agent': agent });
const sendingTo = (endpoint: string) =>
  toYaml(application({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' } }));
const toAgent = sendingTo('http://coralogix-opentelemetry.coralogix:4317');

/** Systems as people report them, each with its one cause and the rule that reports it. */
const reported: readonly (readonly [name: string, texts: readonly string[], cause: Cause, rule: string])[] = [
  [
    'an agent before a gateway that associates by the connection',
    [
      smallSystem({
        env: withoutIdentity,
        processors: ['batch'],
        exporters: ['otlp'],
        exporterSettings: { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
        more: collector({ collectorKind: 'Deployment', settings: byConnection }, 'gateway'),
      }),
    ],
    'relayed-connection',
    'valid-pod-association',
  ],
  [
    'batch before k8sattributes',
    [smallSystem({ env: withoutIdentity, settings: byConnection, processors: ['batch', 'k8sattributes'] })],
    'batch-before-lookup',
    'valid-pod-association',
  ],
  [
    'Istio between',
    [
      smallSystem({
        env: withoutIdentity,
        more: ['otel', 'shop'].map((name) => ({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name, labels: { 'istio-injection': 'enabled' } },
        })),
      }),
    ],
    'mesh',
    'no-mesh-interception',
  ],
  [
    'a Java agent 2.x on the port of gRPC',
    [
      smallSystem({
        env: {
          OTEL_EXPORTER_OTLP_PROTOCOL: undefined,
          JAVA_TOOL_OPTIONS: '-javaagent:/otel/opentelemetry-javaagent-2.10.0.jar',
        },
      }),
    ],
    'protocol',
    'valid-otlp-protocol',
  ],
  [
    'both presets off',
    [
      toAgent,
      values({
        service: { enabled: true },
        presets: { spanMetrics: { enabled: false }, kubernetesAttributes: { enabled: false } },
      }),
    ],
    'no-span-metrics',
    'require-span-metrics-collector',
  ],
  [
    'the cluster collector as target',
    [sendingTo('http://coralogix-opentelemetry-collector.coralogix:4317'), values({})],
    'no-span-metrics',
    'require-span-metrics-collector',
  ],
  [
    'one preset off',
    [toAgent, values({ service: { enabled: true }, presets: { kubernetesAttributes: { enabled: false } } })],
    'no-lookup',
    'require-pod-attributes',
  ],
  [
    'localhost',
    [smallSystem({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://ip6-localhost:4317' } })],
    'localhost',
    'require-reachable-host-port',
  ],
  [
    'a sampler below 1',
    [smallSystem({ env: { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' } })],
    'sampler',
    'no-undercounting-sampler',
  ],
  ...(
    [
      [
        'a memory limiter without settings',
        { components: { processors: { memory_limiter: {} } } },
        'memory-limiter',
        'valid-memory-limiter',
      ],
      ['an undefined processor', { processors: [undefinedComponent] }, 'wrong-reference', 'valid-component-reference'],
      [
        'an exporter with an endpoint',
        { exporterSettings: { coralogix: { ...coralogix, endpoint: 'x:443' } } },
        'exporter-settings',
        'valid-coralogix-exporter',
      ],
      [
        'a dimension twice',
        { connector: { ...connector, dimensions: [{ name: 'a' }, { name: 'a' }] } },
        'refused-dimension',
        'unique-dimension',
      ],
      [
        'a reserved dimension',
        { connector: { ...connector, dimensions: [{ name: 'span.kind' }] } },
        'refused-dimension',
        'unique-dimension',
      ],
      [
        'a dimension without a name',
        { connector: { ...connector, dimensions: ['a'] } },
        'refused-dimension',
        'valid-dimension',
      ],
      [
        'a removed exporter',
        { components: { exporters: { logging: {} } }, collectorPod: image },
        'removed-component',
        'no-removed-component',
      ],
      [
        'a port that is used twice',
        { components: { receivers: { 'otlp/two': otlp } }, receivers: ['otlp', 'otlp/two'] },
        'used-port',
        'unique-receiver-port',
      ],
      [
        'a group that is a variable',
        { components: { processors: { transform: group } } },
        'pattern-group',
        'valid-pattern-group',
      ],
      [
        'batches below their size',
        { components: { processors: { batch: { send_batch_max_size: 1 } } } },
        'batch-size',
        'valid-batch-size',
      ],
      [
        'a collector that is scaled to no pods',
        { collectorKind: 'Deployment', replicas: 0 },
        'no-replicas',
        'require-whole-path',
      ],
      [
        'policies that are no list',
        { processors: ['k8sattributes', 'tail_sampling'], settings: { tail_sampling: { policies: {} } } },
        'sampling-policy',
        'valid-sampling-policy',
      ],
      [
        'a sampler that keeps no trace on the only collector',
        {
          exporters: ['spanmetrics', 'coralogix'],
          processors: ['k8sattributes', 'probabilistic_sampler'],
        },
        'no-sampling-policy',
        'require-whole-path',
      ],
      [
        'an exporter without its key',
        { exporterSettings: { coralogix: { ...coralogix, private_key: '${env:KEY}' } } },
        'no-key',
        'require-private-key-variable',
      ],
      [
        'a namespace that admits no agent',
        { collectorPod: { hostNetwork: true, ...mounting }, more: [restricted] },
        'refused-pods',
        'require-privileged-collector-namespace',
      ],
      [
        'a redaction of all attributes',
        { processors: ['k8sattributes', 'redaction'] },
        'removed',
        'no-deleted-pod-attribute',
      ],
    ] as const
  ).map(([name, props, cause, rule]) => [name, [smallSystem(props)], cause, rule] as const),
  [
    'a preset that the chart does not have',
    [toAgent, values({ ...service, presets: { hostmetrics: {} } })],
    'refused-values',
    'valid-preset',
  ],
  [
    'values that the chart does not have',
    [toAgent, values({ ...service, replicaCounts: 1 })],
    'refused-values',
    'valid-sub-chart-value',
  ],
  [
    'values that scale a gateway to no pods',
    [
      sendingTo('http://coralogix-opentelemetry-gateway.coralogix:4317'),
      toYaml({
        global: { domain: 'eu2.coralogix.com' },
        'opentelemetry-gateway': { enabled: true, replicaCount: 0 },
      }),
    ],
    'no-replicas',
    'require-whole-path',
  ],
  [
    'an agent on Autopilot',
    [toAgent, values({ ...service, distribution: 'gke/autopilot' })],
    'refused-access',
    'no-host-access-on-autopilot',
  ],
];

test.each(reported)('%s is one verdict, with one cause', (_, texts, cause, rule) => {
  const sources = texts.map((text, index) => ({ file: `${index}.yaml`, text }));
  const { model, result } = lintSources(sources);
  expect(walkedPaths(model).flatMap(({ hops }) => hops.flatMap((hop) => hop.cause ?? []))).toContain(cause);
  expect(result.findings.map((finding) => finding.rule.id)).toContain(rule);
  expect(differences(sources)).toEqual([]);
});

test('lint, explain and forecast have one verdict of random systems', () => {
  fc.assert(
    fc.property(randomSystems, (sources) => {
      expect(differences(sources)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('an annotation among several Instrumentations is a broken hop and a finding', () => {
  const instrumentation = (name: string) => ({
    apiVersion: 'opentelemetry.io/v1alpha1',
    kind: 'Instrumentation',
    metadata: { name, namespace: 'shop' },
    spec: {},
  });
  const text = smallSystem({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: undefined },
    metadata: { annotations: { 'instrumentation.opentelemetry.io/inject-java': 'true' } },
    more: [instrumentation('a'), instrumentation('b')],
  });
  const { model, result } = lintSources([{ file: 'app.yaml', text }]);
  expect(walkedPaths(model).map(({ hops }) => hops[0]?.cause)).toEqual(['no-injection']);
  expect(result.findings.map(({ rule }) => rule.id)).toContain('valid-injection-annotation');
});

test.each([
  ['KEDA may scale a collector up from no pods', { collectorKind: 'Deployment', replicas: 0 }, true, 'unknown'],
  ['a DaemonSet has a pod on each node whatever it writes', { replicas: 0 }, false, 'ok'],
])('%s', (_, props, hasScaler, expected) => {
  const scaler = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'agent', namespace: 'otel' },
    spec: { scaleTargetRef: { name: 'agent' }, triggers: [{ type: 'cpu' }] },
  };
  const text = smallSystem({ ...props, more: hasScaler ? [scaler] : [] });
  const { model } = lintSources([{ file: 'app.yaml', text }]);
  const [path] = walkedPaths(model);
  expect(path?.hops.find(({ name }) => name === 'receiver')?.status).toBe(expected);
});
