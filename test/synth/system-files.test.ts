import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemOfSize } from '../../bench/system-of-size.ts';
import { type LoadedSystem, loadSystem } from '../../lib/config/load-system.ts';
import type { ServiceConfig } from '../../lib/config/schema/workloads.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { alikeServices } from '../../lib/synth/alike-services.ts';
import { filesOfAll, type SystemFiles, systemFiles } from '../../lib/synth/system-files.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

function loaded(config: object): LoadedSystem {
  const folder = temporaryFolder();
  const file = join(folder, 'system.yaml');
  writeFileSync(
    file,
    toYaml({
      ...{ name: 'shop', namespace: 'shop', environment: 'production', clusterName: 'shop' },
      coralogix: { domain: 'eu2.coralogix.com', applicationName: 'shop' },
      configMap: { name: 'shop-config', data: {} },
      ...config,
    }),
  );
  return loadSystem(file);
}

/** What is synthesized, or why nothing is. */
function outcome(synthesize: (loaded: LoadedSystem) => SystemFiles, system: LoadedSystem): unknown {
  try {
    return synthesize(system).files.map(({ path, content }) => ({ path, content }));
  } catch (error) {
    return error instanceof PodhostError ? error.problems : String(error);
  }
}

const expectSame = (system: LoadedSystem) => expect(outcome(systemFiles, system)).toEqual(outcome(filesOfAll, system));

const numbered = (name: string, index: number, more: object = {}) => ({
  name: `${name}-${index}`,
  image: `registry.example.com/${name}-${index}:1.0.${index}`,
  port: 20_000 + index,
  ...more,
});

const several = (more: object = {}, name = 'worker') =>
  Array.from({ length: 5 }, (_, index) => numbered(name, index, more));

test('services that differ in name, image, version and port alone are one group', () => {
  const services = several().map((service, index) => ({ ...service, version: `2.${index}.0` }));
  const groups = alikeServices(loaded({ services }).config);
  expect(groups.map(({ members }) => members.length)).toEqual([5]);
});

test('services that differ in values of many kinds are one group', () => {
  const services = Array.from({ length: 5 }, (_, index) =>
    numbered('worker', index, {
      replicas: 2 + index,
      env: { SELF: `worker-${index}`, ...(index > 2 ? { [`ONLY_${index}`]: '1', API: { service: 'worker-0' } } : {}) },
      secretKeys: ['KEY', 'TOKEN', 'on'].slice(index % 3),
      labels: { team: ['a', '1', 'true', '', 'a: b'][index] },
      resources: { requests: { cpu: index === 0 ? '250m' : String(index) } },
      probes: { readiness: { type: 'http', path: `/worker-${index}`, periodSeconds: 1 + index } },
      args: ['--name', `worker-${index}`, '#', '{"a": 1}'],
    }),
  );
  const system = loaded({ services, secret: { name: 'shop-keys', keys: ['KEY', 'TOKEN', 'on'] } });
  expect(alikeServices(system.config).map(({ members }) => members.length)).toEqual([5]);
  expectSame(system);
});

test('services of several groups and of none keep the order of the configuration', () => {
  const [first, second] = [several({ replicas: 2 }, 'one'), several({ hardened: true }, 'two')];
  const services = first.flatMap((service, index) => [
    service,
    second[index],
    numbered('own', index, { replicas: index }),
  ]);
  const system = loaded({ services });
  expect(alikeServices(system.config)).toHaveLength(2);
  expectSame(system);
});

test.each(
  readdirSync('config')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `config/${name}`),
)('%s is synthesized as when each service is constructed', (file) => expectSame(loadSystem(file)));

describe('a service that is only nearly alike is constructed', () => {
  const patch = (name: string) => ({
    Deployment: { spec: { template: { spec: { containers: [{ name, workingDir: '/srv' }] } } } },
  });

  test('where a patch of the system names its container', () => {
    expectSame(loaded({ services: several(), patch: patch('worker-3') }));
  });

  test('where a patch of all services names the container of one', () => {
    expectSame(loaded({ services: several({ patch: patch('worker-3') }) }));
  });

  test('where its container listens on one port for two of its Service', () => {
    const ports = [{ name: 'admin', port: 9000, targetPort: 20_003 }];
    expectSame(loaded({ services: several({ ports }) }));
  });

  test('where a patch of all services has variables', () => {
    const env = [{ name: 'WORKER_3', value: 'patched' }];
    const own = { Deployment: { spec: { template: { spec: { containers: [{ name: 'main', env }] } } } } };
    const services = several({ containerName: 'main', patch: own }).map((service, index) => ({
      ...service,
      env: { [`WORKER_${index}`]: 'own' },
    }));
    expectSame(loaded({ services }));
  });

  test('where a variable refers to one before it', () => {
    const services = several().map((service, index) => ({
      ...service,
      env: index === 3 ? { A: 'a', B: '$(A)' } : { B: 'b', A: 'a' },
    }));
    expectSame(loaded({ services }));
  });

  test('where one of them has a PodDisruptionBudget', () => {
    expectSame(loaded({ services: several().map((service, index) => ({ ...service, replicas: index })) }));
  });

  test('where its version needs quotes', () => {
    const versions = ['1.0', '2', '1e3', 'latest', '1.0.0'];
    const services = several().map((service, index) => ({ ...service, version: versions[index] }));
    expectSame(loaded({ services }));
  });
});

test('an object that several services of a group have is reported of the services', () => {
  const { config, ...others } = loaded({ services: several() });
  const services = config.services.map((service) => ({
    ...service,
    serviceAccount: { ...service.serviceAccount, name: 'shared' },
  }));
  const system = { ...others, config: { ...config, services } };
  const problems = outcome(systemFiles, system);
  expect(JSON.stringify(problems)).toContain('kubectl would overwrite that of System/30-worker-0');
  expect(problems).toEqual(outcome(filesOfAll, system));
});

test('an object that a service of a group has and another one names is reported of the services', () => {
  const other = numbered('other', 1, { service: { name: 'worker-3' } });
  expectSame(loaded({ services: [...several(), other] }));
});

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
  ...['probes', 'autoscaling', 'volumes'],
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

test('of a thousand services that are alike one is constructed', () => {
  const file = join(temporaryFolder(), 'system.yaml');
  writeFileSync(file, systemOfSize(1000));
  const [group, ...others] = alikeServices(loadSystem(file).config);
  expect([group?.members.length, others]).toEqual([1000, []]);
});
