import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemOfSize } from '../../bench/system-of-size.ts';
import { loadSystem } from '../../lib/config/load-system.ts';
import { alikeServices } from '../../lib/synth/alike-services.ts';
import { filesOfAll, systemFiles } from '../../lib/synth/system-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { expectSame, loaded, numbered, outcome, several } from './configured.ts';

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

  test('where a variable refers to one of telemetry, or to one that stands after it', () => {
    const services = several().map((service, index) => ({
      ...service,
      env: index === 3 ? { B: '$(A)', A: '$(SERVICE_NAME)' } : { A: 'a', B: '$(A)' },
    }));
    expectSame(loaded({ services }));
  });

  test('where a variable or a secret key of its own replaces one of telemetry', () => {
    const limit = 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT';
    const services = several({ spanAttributeLimit: 256 }).map((service, index) => ({
      ...service,
      ...(index === 3 ? { env: { [limit]: '64' } } : { secretKeys: index === 2 ? [limit] : [] }),
    }));
    expectSame(loaded({ services, secret: { name: 'shop-keys', keys: [limit] } }));
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

test('of a thousand services that are alike one is constructed', () => {
  const file = join(temporaryFolder(), 'system.yaml');
  writeFileSync(file, systemOfSize(1000));
  const [group, ...others] = alikeServices(loadSystem(file).config);
  expect([group?.members.length, others]).toEqual([1000, []]);
});
