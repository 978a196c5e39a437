import fc from 'fast-check';
import { coalesced } from '../lib/chart/coalesce.ts';
import { collectorSubChart } from '../lib/chart/schema/sub-chart.ts';
import { collectorAliases } from '../lib/chart/schema/umbrella.ts';
import { isMapping, type Mapping } from '../lib/yaml/value.ts';
import { valueOfShape } from './random-shape.ts';

/** Values of otel-integration as people may write them: everything that the schema accepts, and a little that it does not. */
export const randomValues = (count: number, seed: number): Mapping[] =>
  fc.sample(integrationValues, { numRuns: count, seed });

const presetShapes = collectorSubChart.keys['presets'];
const presetKeys = presetShapes?.kind === 'keys' ? presetShapes.keys : {};
const presetNames = Object.keys(presetKeys);

const on: fc.Arbitrary<Mapping> = fc.boolean().map((enabled) => ({ enabled }));
const pick = fc.constantFrom;
const preset = pick(...presetNames).chain((name) => {
  const shape = presetKeys[name];
  const full = shape === undefined ? on : valueOfShape(shape, name);
  return fc
    .oneof({ weight: 3, arbitrary: on }, { weight: 2, arbitrary: full })
    .map((value) => ({ presets: { [name]: value } }));
});

const processors = [
  'memory_limiter',
  'batch',
  'k8sattributes',
  'resource/metadata',
  'attributes/own',
  'filter/own',
  'tail_sampling',
];
const exporters = ['coralogix', 'debug', 'otlp/other', 'spanmetrics', 'loadbalancing'];
const some = (ids: readonly string[]) => fc.subarray([...ids], { maxLength: 4 });
const pipeline = fc.record(
  {
    receivers: some(['otlp', 'prometheus', 'jaeger', 'hostmetrics']),
    processors: some(processors),
    exporters: some(exporters),
  },
  { requiredKeys: [] },
);
const signal = pick('traces', 'metrics', 'logs', 'profiles', 'traces/own', 'metrics/own');
const config: fc.Arbitrary<Mapping> = fc
  .oneof(
    fc
      .tuple(signal, fc.oneof({ weight: 4, arbitrary: pipeline }, { weight: 1, arbitrary: fc.constant(null) }))
      .map(([id, value]) => ({ service: { pipelines: { [id]: value } } })),
    pick<Mapping>(
      { receivers: { otlp: { protocols: { http: null } } } },
      { receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:14317' } } } } },
      { receivers: { jaeger: null } },
      { receivers: { filelog: { include: ['/var/log/a'] } } },
      { processors: { k8sattributes: { extract: { metadata: ['k8s.pod.name'] } } } },
      { processors: { batch: null } },
      { processors: { batch: { timeout: '5s' } } },
      { processors: { tail_sampling: { policies: [{ name: 'all', type: 'always_sample' }] } } },
      {
        processors: { 'attributes/own': { actions: [] } },
        exporters: { 'otlp/other': { endpoint: '{{ .Release.Name }}:4317' } },
      },
      { exporters: { coralogix: { timeout: '5s' } } },
      { exporters: { debug: null } },
      { connectors: { spanmetrics: { dimensions: [{ name: 'tenant' }] } } },
      { extensions: { zpages: null } },
      { service: { extensions: ['health_check'] } },
      { service: { telemetry: { logs: { level: 'warn' } } } },
    ),
  )
  .map((value): Mapping => ({ config: value }));

const port = pick<unknown>(
  { enabled: false },
  { enabled: true, containerPort: 5000 },
  { hostPort: 14_317 },
  { enabled: true, containerPort: 5000, servicePort: 5001, hostPort: 5002, protocol: 'TCP' },
  { hostPort: 0 },
);
const ports = fc
  .tuple(pick('otlp', 'otlp-http', 'metrics', 'zipkin', 'own'), port)
  .map(([name, value]): Mapping => ({ ports: { [name]: value } }));

const otherKeys = pick<Mapping>(
  { service: { enabled: true } },
  { service: { enabled: false } },
  { service: { enabled: true, type: 'NodePort' } },
  { service: { enabled: true, internalTrafficPolicy: 'Cluster' } },
  { service: { clusterIP: 'None' } },
  { fullnameOverride: 'telemetry' },
  { fullnameOverride: '' },
  { nameOverride: 'telemetry' },
  { namespaceOverride: 'monitoring' },
  { mode: 'deployment' },
  { mode: 'statefulset' },
  { mode: 'daemonset' },
  { hostNetwork: false },
  { isWindows: true },
  { networkMode: 'ipv6' },
  { configMap: { create: false } },
  { collectorCRD: { generate: true } },
  { targetAllocator: { enabled: true } },
  { targetAllocator: { enabled: true, prometheusCR: { enabled: false } } },
  { clusterRole: { create: true, rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }] } },
  { clusterRole: { name: 'own' } },
  { serviceAccount: { create: false } },
  { serviceAccount: { name: 'own' } },
  { extraEnvs: [{ name: 'OTEL_RESOURCE_ATTRIBUTES', value: 'a=b' }] },
  { extraEnvs: [] },
  { podLabels: { team: 'shop' } },
  { replicaCount: 3 },
  { autoscaling: { enabled: true } },
  {
    ingress: {
      enabled: true,
      hosts: [{ host: 'otel.example.com', paths: [{ path: '/', pathType: 'Prefix', port: 4318 }] }],
    },
  },
  {
    extraConfig: {
      processors: { 'attributes/own': {} },
      service: { pipelines: { traces: { processors: ['attributes/own'] } } },
    },
  },
  { extraConfig: { service: { pipelines: { metrics: { exporters: ['debug'] } } } } },
  { networkPolicy: { enabled: true } },
  { useGOMEMLIMIT: false },
  { command: { name: '', extraArgs: ['--feature-gates=a'] } },
);
const platform = fc.oneof(
  pick('eks', 'eks/fargate', 'gke', 'gke/autopilot', 'aks', 'openshift', 'ecs', 'standalone', '').map(
    (distribution): Mapping => ({ distribution }),
  ),
  pick('aws', 'azure', 'gcp', 'on-prem').map((provider): Mapping => ({ provider })),
);
/** Values with which helm may stop. */
const removal = fc.oneof(
  pick(...presetNames).map((name): Mapping => ({ presets: { [name]: null } })),
  pick('service', 'config', 'ports', 'extraEnvs', 'resources', 'presets').map((key): Mapping => ({ [key]: null })),
  pick(...presetNames).map((name): Mapping => ({ presets: { [name]: { enabled: 'true' } } })),
);

const collectorValues = fc
  .array(
    fc.oneof(
      { weight: 10, arbitrary: preset },
      { weight: 4, arbitrary: config },
      { weight: 2, arbitrary: ports },
      { weight: 4, arbitrary: otherKeys },
      { weight: 2, arbitrary: platform },
      { weight: 1, arbitrary: removal },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.reduce<Mapping>((values, part) => coalesced(isMapping(part) ? part : {}, values, 'keep'), {}));

const globals = fc
  .record(
    {
      collectionInterval: pick('60s', '15s'),
      deploymentEnvironmentName: pick('prod', '{{ .Release.Name }}'),
      defaultApplicationName: pick('shop'),
      logLevel: pick('debug'),
      version: pick('0.0.331'),
      additionalEndpoints: pick(
        [{ enabled: true, name: 'b', domain: 'us1.coralogix.com', privateKey: '${env:KEY}' }],
        [],
      ),
    },
    { requiredKeys: [] },
  )
  .chain((all) => fc.subarray(Object.entries(all), { maxLength: 2 }))
  .map((entries): Mapping => ({ domain: 'eu2.coralogix.com', clusterName: 'shop', ...Object.fromEntries(entries) }));

const alias = fc.oneof(
  { weight: 3, arbitrary: fc.constant(collectorAliases[0] ?? '') },
  { weight: 4, arbitrary: pick(...collectorAliases) },
);

const integrationValues = fc
  .tuple(
    globals,
    fc.array(fc.tuple(alias, collectorValues, fc.boolean()), { minLength: 1, maxLength: 3 }),
    pick<Mapping>({}, {}, {}, { distribution: 'openshift' }),
  )
  .map(
    ([global, charts, top]): Mapping => ({
      global,
      ...top,
      ...Object.fromEntries(
        charts.map(([name, values, isOff]) => [
          name,
          isOffByDefault(name) ? { enabled: true, ...values } : isOff ? values : values,
        ]),
      ),
    }),
  );

const isOffByDefault = (name: string): boolean =>
  name !== collectorAliases[0] && name !== 'opentelemetry-cluster-collector';
