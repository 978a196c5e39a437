import fc from 'fast-check';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import {
  application,
  collector,
  connector,
  coralogix,
  metadata,
  type SmallSystemProps,
  undefinedComponent,
} from '../../model/support/small-system.ts';

const or = <T>(...values: readonly T[]) => fc.constantFrom(...values);
/** Mostly the first, so that a system has few mistakes, and the hops behind the first are judged too. */
const mostly = <T>(first: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 11, arbitrary: fc.constant(first) }, { weight: 1, arbitrary: or(first, ...others) });

const fromField = (fieldPath: string) => ({ fieldRef: { fieldPath } });
const fromConfigMap = (key: string) => ({ configMapKeyRef: { name: 'shop-config', key } });

const env = fc.record({
  OTEL_EXPORTER_OTLP_ENDPOINT: mostly<string | object | undefined>(
    'http://agent.otel:4317',
    'http://agent.otel:4318',
    'http://gateway.otel:4317',
    'http://$(NODE_IP):4317',
    'http://$(NODE_IP):30317',
    'http://${NODE_IP}:4317',
    'http://$(LATER):4317',
    'http://localhost:4317',
    'http://0.0.0.0:4317',
    'http://agent:4317',
    'http://agnet.otel:4317',
    'http://agent.elsewhere:4317',
    'http://agent.otel',
    'agent.otel:4317',
    'https://agent.otel:4317',
    'https://ingress.eu2.coralogix.com:443',
    'http://datastore.shop:4317',
    fromConfigMap('ENDPOINT'),
    fromConfigMap('REFERENCE'),
    fromConfigMap('MISSING'),
    undefined,
  ),
  OTEL_EXPORTER_OTLP_PROTOCOL: mostly<string | undefined>('grpc', 'http/protobuf', 'thrift', undefined),
  OTEL_RESOURCE_ATTRIBUTES: mostly<string | undefined>(
    'k8s.pod.ip=$(POD_IP)',
    'k8s.pod.ip=10.0.0.1',
    'k8s.pod.ip=$(NO)',
    'k8s.pod.ip=$$(POD_IP)',
    'k8s.pod.uid=$(POD_UID)',
    'k8s.pod.name=api-0',
    'k8s.pod.name=$(POD_NAME),k8s.node.name=$(NODE)',
    'k8s.node.name=worker',
    'host.name=10.0.0.1',
    'service.version=1',
    undefined,
  ),
  OTEL_SERVICE_NAME: mostly<string | undefined>('api', '$(NO)', undefined),
  OTEL_TRACES_SAMPLER: mostly<string | undefined>(undefined, 'parentbased_traceidratio', 'always_off', 'jaeger_remote'),
  OTEL_TRACES_SAMPLER_ARG: mostly<string | undefined>(undefined, '0.1', '1', '0'),
  OTEL_SDK_DISABLED: mostly<string | undefined>(undefined, 'true'),
  OTEL_TRACES_EXPORTER: mostly<string | undefined>(undefined, 'none', 'otlp'),
  JAVA_TOOL_OPTIONS: mostly<string | undefined>(undefined, '-javaagent:/opentelemetry-javaagent-2.10.0.jar'),
  POD_UID: fc.constant(fromField('metadata.uid')),
  NODE: fc.constant(fromField('spec.nodeName')),
});

const workload: fc.Arbitrary<SmallSystemProps> = fc.record({
  env,
  pod: mostly<object>(
    {},
    { hostNetwork: true },
    { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' },
    { dnsPolicy: 'Default' },
    { dnsPolicy: 'None' },
    { schedulerName: 'fargate-scheduler' },
    { nodeSelector: { role: 'web' } },
  ),
  metadata: mostly<object>(
    {},
    { annotations: { 'linkerd.io/inject': 'enabled' } },
    { annotations: { 'sidecar.istio.io/inject': 'true' } },
    { annotations: { 'instrumentation.opentelemetry.io/inject-java': 'true' } },
  ),
  container: mostly<object>({}, { image: 'redis:7' }),
});

const byConnection = [{ sources: [{ from: 'connection' }] }];
const byAttribute = (...names: readonly string[]) =>
  names.map((name) => ({ sources: [{ from: 'resource_attribute', name }] }));

const lookup = mostly<object>(
  { extract: { metadata }, pod_association: [...byAttribute('k8s.pod.ip'), ...byConnection] },
  {},
  { extract: { metadata }, pod_association: byConnection },
  { extract: { metadata }, pod_association: byAttribute('k8s.pod.uid') },
  { extract: { metadata: ['k8s.namespace.name'] } },
  { extract: { metadata: ['k8s.pod.name'] }, passthrough: true },
  { extract: { metadata }, filter: { namespace: 'other' } },
  { extract: { metadata }, filter: { node_from_env_var: 'NODE' } },
  { extract: { metadata }, exclude: { pods: [{ name: '^api-' }] } },
);

const others = {
  resource: { attributes: [{ key: 'k8s.pod.ip', value: '10.0.0.1', action: 'insert' }] },
  'resource/name': { attributes: [{ key: 'k8s.pod.name', value: 'one', action: 'upsert' }] },
  'resource/delete': { attributes: [{ key: 'k8s.node.name', action: 'delete' }] },
  resourcedetection: { detectors: ['system', 'env'] },
  'resource/service': { attributes: [{ key: 'service.name', action: 'delete' }] },
  'attributes/service': { actions: [{ key: 'service.name', action: 'delete' }] },
  'transform/reduce': {
    trace_statements: [{ context: 'resource', statements: ['delete_key(resource.attributes, "k8s.pod.name")'] }],
  },
  tail_sampling: { policies: [{ name: 'all', type: 'always_sample' }] },
  'tail_sampling/none': {},
  probabilistic_sampler: { sampling_percentage: 10 },
  memory_limiter: { check_interval: '1s', limit_percentage: 80 },
  batch: {},
  redaction: { allowed_keys: ['service.name'] },
  'redaction/service': { allowed_keys: ['k8s.pod.name', 'k8s.node.name'] },
  'resource/pattern': { attributes: [{ pattern: '^(k8s|service)\\..*', action: 'delete' }] },
};

/** What keeps a collector from starting. */
const faults: readonly Pick<SmallSystemProps, 'components' | 'extensions'>[] = [
  { components: { processors: { memory_limiter: {} } } },
  { components: { processors: { memory_limiter: { check_interval: '0s', limit_mib: 400 } } } },
  { components: { processors: { memory_limiter: { check_interval: '1s', limit_mib: 100, spike_limit_mib: 200 } } } },
  { components: { processors: { batch: { send_batch_size: 200, send_batch_max_size: 100 } } } },
  {
    components: {
      processors: { 'transform/names': { trace_statements: ['replace_pattern(span.name, "a(b)", "${1}")'] } },
    },
  },
  { components: { processors: { spanmetrics: {} } } },
  { components: { exporters: { logging: {} } } },
  { components: { processors: { tail_sampling: {} } } },
  { components: { processors: { tail_sampling: { policies: 'all' } } } },
  { components: { processors: { tail_sampling: { policies: [{ name: 'all' }] } } } },
  { components: { processors: { probabilistic_sampler: {} } } },
  {
    components: {
      exporters: { coralogix: { ...coralogix, endpoint: 'ingress.eu2.coralogix.com:443' } },
    },
  },
  { components: { exporters: { coralogix: { ...coralogix, application_name: '' } } } },
  { components: { exporters: { coralogix: { ...coralogix, domain: 'https://eu2.coralogix.com' } } } },
  { components: { exporters: { coralogix: { ...coralogix, private_key: '$CORALOGIX_PRIVATE_KEY' } } } },
  { extensions: ['health_check'] },
  { components: { extensions: { health_check: { endpoint: '0.0.0.0:4317' } } }, extensions: ['health_check'] },
  { components: { connectors: { 'spanmetrics/two': { dimensions: ['http.method'] } } } },
  { components: { connectors: { 'spanmetrics/two': { dimensions: [{ name: 'a' }, { name: 'a' }] } } } },
];

const processors = fc.oneof(
  { weight: 8, arbitrary: fc.constant(['k8sattributes']) },
  {
    weight: 2,
    arbitrary: fc.shuffledSubarray(['k8sattributes', undefinedComponent, ...Object.keys(others)], {
      maxLength: 4,
    }),
  },
);

const receiver = mostly<object>(
  { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } },
  { grpc: { endpoint: '0.0.0.0:4317' } },
  { grpc: {} },
  { grpc: { endpoint: '0.0.0.0:5317' } },
  { grpc: { endpoint: '0.0.0.0:4317', tls: { cert_file: '/tls.crt' } } },
  {},
);

const relay = { 'otlp/gateway': { endpoint: 'gateway.otel:4317', tls: { insecure: true } } };
const balanced = {
  loadbalancing: {
    routing_key: 'traceID',
    protocol: { otlp: { tls: { insecure: true } } },
    resolver: { dns: { hostname: 'gateway.otel' } },
  },
};

const tier: fc.Arbitrary<SmallSystemProps> = fc
  .tuple(
    fc.record({
      collectorKind: mostly('DaemonSet', 'Deployment'),
      collectorPod: mostly<object>(
        {},
        { hostNetwork: true },
        {
          containers: [{ name: 'otelcol', image: 'otelcol:1', ports: [{ containerPort: 4317, hostPort: 4317 }] }],
        },
        { volumes: [] },
      ),
      replicas: mostly<number | undefined>(undefined, 0, 2),
      receiver,
      processors,
      settings: lookup.map((k8sattributes) => ({ ...others, k8sattributes })),
      connector: mostly<object>(
        connector,
        { ...connector, namespace: 'traces' },
        { ...connector, histogram: { unit: 's' } },
        { ...connector, dimensions: [{ name: 'span.kind' }] },
        { ...connector, dimensions: [{ name: 'a' }, { name: 'a' }] },
        { ...connector, exclude_dimensions: ['status.code'] },
      ),
      exporters: mostly<readonly string[]>(
        ['spanmetrics', 'coralogix'],
        ['spanmetrics', 'otlp/gateway'],
        ['otlp/gateway'],
        ['spanmetrics', 'loadbalancing'],
        ['loadbalancing', 'coralogix'],
        ['coralogix'],
        ['spanmetrics'],
        ['debug'],
      ),
      exporterSettings: mostly<Readonly<Record<string, object>>>(
        { ...relay, ...balanced },
        { 'otlp/gateway': { endpoint: 'gateway.otel:4318' }, ...balanced },
        { 'otlp/gateway': { endpoint: 'https://gateway.otel:4317' }, ...balanced },
        { ...relay, ...balanced, coralogix: { ...coralogix, domain: undefined } },
        { ...relay, ...balanced, coralogix: { ...coralogix, application_name_attributes: ['team'] } },
      ),
      metrics: mostly<NonNullable<SmallSystemProps['metrics']>>(
        {},
        { receivers: ['otlp'] },
        { exporters: ['debug'] },
        { exporters: [] },
      ),
      service: mostly<object>(
        { ports: [{ port: 4317 }, { port: 4318 }] },
        { internalTrafficPolicy: 'Cluster', ports: [{ port: 4317 }] },
        { clusterIP: 'None' },
        { selector: { app: 'agnet' } },
        { ports: [{ port: 4318 }] },
        { ports: [{ port: 4317, targetPort: 9999 }] },
        { type: 'NodePort', ports: [{ port: 4317, nodePort: 30317 }] },
      ),
    }),
    fc.option(or(...faults), { freq: 2, nil: {} }),
  )
  .map(([props, fault]) => ({ ...props, ...fault }));

const more = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'shop-config', namespace: 'shop' },
    data: { ENDPOINT: 'http://agent.otel:4317', REFERENCE: 'http://$(NODE_IP):4317' },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'datastore', namespace: 'shop' },
    spec: {
      template: {
        metadata: { labels: { app: 'datastore' } },
        spec: { containers: [{ name: 'redis', image: 'redis:7' }] },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'datastore', namespace: 'shop' },
    spec: { selector: { app: 'datastore' }, ports: [{ port: 4317 }] },
  },
];

const policy = (namespace: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace },
  spec: { podSelector: {}, ...spec },
});

const policies = mostly<readonly object[]>(
  [],
  [policy('shop', { policyTypes: ['Egress'] })],
  [policy('shop', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 4317 }] }] })],
  [policy('shop', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] })],
  [policy('otel', { ingress: [] })],
  [policy('otel', { policyTypes: ['Egress'] })],
  [policy('otel', { policyTypes: ['Egress'], egress: [{ ports: [{ port: 4317 }, { port: 53, protocol: 'UDP' }] }] })],
);

/** A switch of the chart: as by default, on or off. */
const preset = mostly<object | undefined>(undefined, { enabled: true }, { enabled: false });

const values = fc
  .record({
    agent: fc.record({
      spanMetrics: preset,
      kubernetesAttributes: preset,
      loadBalancing: mostly<object | undefined>(undefined, {
        enabled: true,
        hostname: 'coralogix-opentelemetry-gateway.coralogix',
      }),
      coralogixExporter: mostly<object | undefined>(undefined, { pipelines: ['metrics', 'logs'] }, { enabled: false }),
      batch: preset,
      hostmetrics: mostly<object | undefined>(undefined, undefined, { enabled: true }),
    }),
    settings: or<object>(
      {},
      {},
      {},
      {},
      { configMap: { create: false } },
      { distribution: 'gke/autopilot' },
      { presets: null },
      { replicaCounts: 2 },
      { config: { exporters: { logging: {} } } },
      { config: { processors: { memory_limiter: { check_interval: '0s' } } } },
      { config: { service: { pipelines: { traces: { processors: ['k8sattributes', 'undefined'] } } } } },
      { config: { service: { extensions: ['health_check', 'undefined'] } } },
      { presets: { spanMetrics: { enabled: true, extraDimensions: [{ name: 'a' }, { name: 'a' }] } } },
      { extraEnvs: [{ name: 'ONE', value: '1' }] },
    ),
    hasService: mostly(true, false),
    hostNetwork: mostly<boolean | undefined>(undefined, false),
    gateway: fc.option(fc.record({ spanMetrics: preset, kubernetesAttributes: preset, tailSampling: preset })),
    domain: mostly<string | undefined>('eu2.coralogix.com', undefined),
  })
  .map(({ agent, settings, hasService, hostNetwork, gateway, domain }) => ({
    global: { domain, clusterName: 'k3s' },
    'opentelemetry-agent': {
      ...(hasService ? { service: { enabled: true } } : {}),
      ...(hostNetwork === undefined ? {} : { hostNetwork }),
      presets: defined(agent),
      ...settings,
    },
    ...(gateway === null ? {} : { 'opentelemetry-gateway': { enabled: true, presets: defined(gateway) } }),
  }));

const defined = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

const yaml = (objects: readonly object[]) => objects.map((object) => toYaml(object)).join('---\n');

/** One workload and its collectors, as objects, or as values of the chart. */
export const randomSystems: fc.Arbitrary<readonly { readonly file: string; readonly text: string }[]> = fc.oneof(
  fc.tuple(workload, tier, fc.option(tier, { freq: 2 }), policies).map(([app, agent, gateway, refusing]) => [
    {
      file: 'app.yaml',
      text: yaml([
        application(app),
        ...more,
        ...refusing,
        ...collector(agent),
        ...(gateway === null
          ? []
          : collector(
              {
                ...gateway,
                collectorKind: 'Deployment',
                service: { selector: { app: 'gateway' }, ports: [{ port: 4317 }] },
              },
              'gateway',
            )),
      ]),
    },
  ]),
  fc
    .tuple(
      workload,
      values,
      or(
        'http://coralogix-opentelemetry.coralogix:4317',
        'http://coralogix-opentelemetry-agent.coralogix:4317',
        'http://coralogix-opentelemetry-collector.coralogix:4317',
        'http://coralogix-opentelemetry-gateway.coralogix:4317',
        'http://$(NODE_IP):4317',
      ),
    )
    .map(([app, chart, endpoint]) => [
      {
        file: 'app.yaml',
        text: yaml([application({ ...app, env: { ...app.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } }), ...more]),
      },
      { file: 'values.yaml', text: toYaml(chart) },
    ]),
);
