import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { systemOfSize } from '../../bench/system-of-size.ts';
import { type LoadedSystem, loadSystem } from '../../lib/config/load-system.ts';
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

const own = fc.record({
  image: fc.oneof(
    fc.constantFrom('node:22', 'registry:5000/php', `ruby@sha256:${'0'.repeat(64)}`),
    name.map((of) => `registry.example.com/${of}:1.0.0`),
  ),
  version: fc.constantFrom('1.0.0', '1.0', '1', '1e3', 'latest', 'v1', '0x10', 'true'),
  port: fc.constantFrom(80, 443, 4317, 8080, 1, 65_535, 3000),
});

const shared = fc
  .record(
    {
      targetPort: fc.constantFrom(80, 8080),
      kind: fc.constantFrom('deployment', 'statefulset'),
      hardened: fc.boolean(),
      healthPath: fc.constant('/healthz'),
      protocol: fc.constantFrom('grpc', 'http/protobuf'),
      containerName: fc.constantFrom('api', 'main'),
      env: fc.constantFrom({ A: 'api' }, { B: '80', A: '$(OTEL_SERVICE_NAME)-$(B)' }, { PORT: '8080' }),
      labels: fc.constantFrom({ team: 'web' }, { api: 'x' }),
      podDisruptionBudget: fc.constant({ minAvailable: '50%' }),
      extent: fc.constantFrom({ replicas: 1 }, { replicas: 3 }, { autoscaling: { maxReplicas: 8 } }),
    },
    { requiredKeys: [] },
  )
  .map(({ extent, ...fields }) => ({ ...fields, ...extent }));

const system = fc.record({
  kinds: fc.array(fc.tuple(shared, own), { minLength: 1, maxLength: 2 }),
  services: fc.uniqueArray(fc.tuple(name, own), { minLength: 6, maxLength: 12, selector: ([of]) => of }),
  varied: fc.subarray(['image', 'version', 'port'] as const),
  patched: fc.option(name, { nil: undefined }),
});

test('any system is synthesized as when each service is constructed', () => {
  let withGroups = 0;
  fc.assert(
    fc.property(system, ({ kinds, services, varied, patched }) => {
      const containers = [{ name: patched, tty: true }];
      const made = loaded({
        services: services.map(([of, values], index) => {
          const [fields, usual] = kinds[index % kinds.length] ?? [];
          const differing = Object.fromEntries(varied.map((field) => [field, values[field]]));
          return { ...usual, ...fields, ...differing, name: of };
        }),
        ...(patched !== undefined && { patch: { Deployment: { spec: { template: { spec: { containers } } } } } }),
      });
      withGroups += alikeServices(made.config).length > 0 ? 1 : 0;
      expectSame(made);
    }),
    tries(100),
  );
  expect(withGroups).toBeGreaterThan(10);
});

test('of a thousand services that are alike one is constructed', () => {
  const file = join(temporaryFolder(), 'system.yaml');
  writeFileSync(file, systemOfSize(1000));
  const [group, ...others] = alikeServices(loadSystem(file).config);
  expect([group?.members.length, others]).toEqual([1000, []]);
});
