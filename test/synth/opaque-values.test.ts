import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServiceConfig } from '../../lib/config/schema/workloads.ts';
import { alikeServices } from '../../lib/synth/alike-services.ts';
import { tries } from '../support/tries.ts';
import { expectSame, loaded, several } from './configured.ts';

const name = fc.oneof(
  fc.constantFrom(...'api web e10 port name service http on yes null container deployment python-api'.split(' ')),
  fc.stringMatching(/^[a-z][a-z0-9-]{3,10}[a-z0-9]$/),
);

/** Texts that are written in many ways, name others, or refer to variables. */
const text = fc.oneof(
  fc.constantFrom(
    ...'a 1 1.5 true null ~ - --- = # e10 0x1 é worker-3 podhost-opaque- 918273645 \u0000 [a] {} &a'.split(' '),
  ),
  fc.constantFrom(
    '',
    ' a',
    'a ',
    'a: b',
    'a #b',
    'a\nb',
    '\n',
    "it's",
    '"',
    '$(A)',
    '$$(A)',
    '$(KEY)-$',
    '$(SERVICE_NAME)',
    '$(B)$(C)',
    '$',
    '- a',
    '--- a',
    'a:',
    '%a',
  ),
  fc.constantFrom('postgresql://db:5432/a?b=c', '{"a": [1]}', '-Xmx256m -XX:+UseG1GC', 'a,b', '*/5 * * * *'),
  name,
  fc.string({ unit: 'binary', maxLength: 6 }),
);

const quantity = fc.constantFrom('1', '250m', '1Gi', '0.5', '1e3');
const seconds = fc.integer({ min: 1, max: 60 });

const own = fc.record({
  image: fc.oneof(
    fc.constantFrom('node:22', 'registry:5000/php', `ruby@sha256:${'0'.repeat(64)}`),
    name.map((of) => `registry.example.com/${of}:1.0.0`),
  ),
  version: fc.constantFrom('1.0.0', '1.0', '1', '1e3', 'latest', 'v1', '0x10', 'true'),
  port: fc.constantFrom(80, 443, 4317, 8080, 1, 65_535, 3000),
  replicas: fc.integer({ min: 0, max: 4 }),
  env: fc.oneof(
    fc.dictionary(fc.constantFrom(...'A B C y NO OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT LOG_LEVEL'.split(' ')), text, {
      maxKeys: 4,
    }),
    text.map((of) => ({ A: of })),
    fc.constantFrom<ServiceConfig['env']>(
      { A: { service: 'worker-3' } },
      { B: { fieldRef: { fieldPath: 'metadata.name' } } },
    ),
  ),
  secretKeys: fc.subarray(['KEY', 'no', 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', 'UNKNOWN']),
  labels: fc.record({ team: text, 'a/b': text }),
  podLabels: fc.record({ team: text }),
  annotations: fc.record({ note: text, 'checksum/config': text }),
  podAnnotations: fc.record({ note: text, 'checksum/config': text }, { requiredKeys: [] }),
  nodeSelector: fc.record({ disk: text }),
  command: fc.array(text, { minLength: 1, maxLength: 2 }),
  args: fc.array(text, { maxLength: 2 }),
  serviceAccount: text.map((of) => ({ create: true, token: false, annotations: { role: of } })),
  service: text.map((of) => ({ annotations: { balancer: of } })),
  securityContext: fc.integer({ min: 1, max: 70_000 }).map((of) => ({ runAsUser: of })),
  workingDirectory: fc.constantFrom('/a', '/b c', '/1', '/#'),
  healthPath: fc.constantFrom('/', '/a?b=c: d', '/healthz', '/#a'),
  terminationGracePeriodSeconds: fc.integer({ min: 0, max: 90 }),
  resources: fc.record(
    { requests: fc.record({ cpu: quantity, memory: quantity }), limits: fc.record({ memory: quantity }) },
    { requiredKeys: [] },
  ),
  probes: fc.record(
    {
      startup: fc.constant({ type: 'none' }),
      readiness: fc.record({
        type: fc.constant('http' as const),
        path: fc.constantFrom('/', '/a b', '/#'),
        periodSeconds: seconds,
      }),
      liveness: fc.oneof(
        fc.record({ type: fc.constant('grpc'), timeoutSeconds: seconds, failureThreshold: seconds }),
        fc.record({ type: fc.constant('tcp'), port: fc.constantFrom('80', 'http'), initialDelaySeconds: seconds }),
        fc.record({ type: fc.constant('exec'), command: fc.array(text, { minLength: 1, maxLength: 2 }) }),
      ),
    },
    { requiredKeys: [] },
  ),
  autoscaling: fc.record({ minReplicas: fc.integer({ min: 1, max: 3 }), maxReplicas: fc.integer({ min: 3, max: 9 }) }),
  volumes: quantity.map((size) => [
    { name: 'data', mountPath: '/data', claim: { size, accessMode: 'ReadWriteMany' as const } },
  ]),
});

const fields = [
  ...[
    'image',
    'version',
    'port',
    'replicas',
    'env',
    'secretKeys',
    'labels',
    'podLabels',
    'annotations',
    'podAnnotations',
  ],
  ...[
    'nodeSelector',
    'command',
    'args',
    'workingDirectory',
    'healthPath',
    'terminationGracePeriodSeconds',
    'resources',
  ],
  ...['probes', 'autoscaling', 'volumes', 'serviceAccount', 'service', 'securityContext'],
] as const;

const shared = fc
  .record(
    {
      targetPort: fc.constantFrom(80, 8080),
      kind: fc.constantFrom('deployment' as const, 'statefulset' as const),
      hardened: fc.boolean(),
      healthPath: fc.constant('/healthz'),
      protocol: fc.constantFrom('grpc' as const, 'http/protobuf' as const),
      containerName: fc.constantFrom('api', 'main'),
      env: fc.constantFrom<Record<string, string>>(
        { A: 'api' },
        { B: '80', A: '$(OTEL_SERVICE_NAME)-$(B)' },
        { PORT: '8080' },
      ),
      labels: fc.constantFrom<Record<string, string>>({ team: 'web' }, { api: 'x' }),
      podDisruptionBudget: fc.constant({ minAvailable: '50%' }),
      extent: fc.constantFrom({ replicas: 1 }, { replicas: 3 }, { autoscaling: { minReplicas: 1, maxReplicas: 8 } }),
    },
    { requiredKeys: [] },
  )
  .map(({ extent, ...fields }) => ({ ...fields, ...extent }));

const system = fc.record({
  kinds: fc.tuple(fc.tuple(shared, own), fc.tuple(shared, own)),
  services: fc.uniqueArray(fc.tuple(name, own), { minLength: 8, maxLength: 12, selector: ([of]) => of }),
  varied: fc.oneof(fc.subarray([...fields], { maxLength: 3 }), fc.subarray([...fields])),
  patched: fc.option(name, { nil: undefined }),
});

test('any system is synthesized as when each service is constructed', () => {
  const keys = ['KEY', 'no', 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT'];
  const base = loaded({ services: several(), secret: { name: 'shop-keys', keys } });
  const [first, ...others] = base.config.services;
  let withGroups = 0;
  fc.assert(
    fc.property(system, ({ kinds, services, varied, patched }) => {
      const containers = [{ name: patched, tty: true, env: [{ name: 'A', value: 'patched' }] }];
      const config = {
        ...base.config,
        // As of a configuration that was read and not refused, which takes most of the time.
        services: [
          ...others,
          ...services.flatMap(([of, values], index) => {
            const [fields, { image, version, port }] = kinds[index % kinds.length] ?? kinds[0];
            const differing = Object.fromEntries(varied.map((field) => [field, values[field]]));
            return first === undefined ? [] : [{ ...first, image, version, port, ...fields, ...differing, name: of }];
          }),
        ],
        ...(patched !== undefined && { patch: { Deployment: { spec: { template: { spec: { containers } } } } } }),
      };
      const made = { ...base, config };
      withGroups += alikeServices(made.config).some(({ members }) => members[0]?.name !== others[0]?.name) ? 1 : 0;
      expectSame(made);
    }),
    tries(200),
  );
  expect(withGroups).toBeGreaterThan(50);
});
