import { expect, test } from 'vitest';
import { Postgresql, type PostgresqlProps } from '../../lib/constructs/postgresql.ts';
import { Redis, type RedisProps } from '../../lib/constructs/redis.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { testSecret } from '../support/application.ts';
import { kindsOf, only, synthesized } from '../support/synthesized.ts';

const storage = { size: '1Gi' };
const resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } };

test('Redis: minimal required props', () => {
  const objects = synthesized((chart) => {
    const redis = new Redis(chart, 'Redis', { name: 'redis', partOf: 'demo', storage });
    expect(redis.url).toBe('redis://redis:6379');
  });
  expect(kindsOf(objects)).toEqual(['ServiceAccount', 'StatefulSet', 'Service']);
  expect(toYaml(only(objects, 'StatefulSet'))).toMatchSnapshot();
  expect(toYaml(only(objects, 'Service'))).toMatchSnapshot();
});

test('Redis: all the props', () => {
  const objects = synthesized((chart) => {
    const props: Required<RedisProps> = {
      name: 'cache',
      partOf: 'demo',
      storage: { size: '2Gi', accessMode: 'ReadWriteOncePod', storageClassName: 'fast' },
      resources,
      runAsUser: 1000,
      selector: { app: 'kept' },
      hardened: false,
      patch: {},
      image: 'redis:7.4',
      password: { secret: testSecret(chart, 'REDIS_PASSWORD'), key: 'REDIS_PASSWORD' },
    };
    new Redis(chart, 'Redis', props);
  });
  expect(toYaml(only(objects, 'StatefulSet'))).toMatchSnapshot();
});

test('PostgreSQL: minimal required props', () => {
  const objects = synthesized((chart) => {
    const password = { secret: testSecret(chart, 'DB_PASSWORD'), key: 'DB_PASSWORD' };
    const postgresql = new Postgresql(chart, 'Db', { name: 'db', partOf: 'demo', storage, database: 'shop', password });
    expect(postgresql.url).toBe('postgresql://postgres@db:5432/shop');
  });
  expect(kindsOf(objects)).toEqual(['ServiceAccount', 'StatefulSet', 'Service']);
  expect(toYaml(only(objects, 'StatefulSet'))).toMatchSnapshot();
});

test('PostgreSQL: all the props', () => {
  const objects = synthesized((chart) => {
    const props: Required<PostgresqlProps> = {
      name: 'db',
      partOf: 'demo',
      storage,
      resources,
      runAsUser: 1000,
      selector: { app: 'kept' },
      hardened: false,
      patch: {},
      database: 'shop',
      user: 'owner',
      image: 'postgres:15.8',
      password: { secret: testSecret(chart, 'DB_PASSWORD'), key: 'DB_PASSWORD' },
      initSql: { '01-schema.sql': 'create table product (id int);\n' },
    };
    new Postgresql(chart, 'Db', props);
  });
  expect(toYaml(only(objects, 'StatefulSet'))).toMatchSnapshot();
  expect(toYaml(only(objects, 'ConfigMap'))).toMatchSnapshot();
});

const dataOf = (storageOf: RedisProps['storage']) =>
  only(
    synthesized((chart) => {
      new Redis(chart, 'Redis', { name: 'cache', partOf: 'demo', storage: storageOf });
    }),
    'StatefulSet',
  );

test('a claim that exists keeps its name, and an emptyDir needs none', () => {
  const existing = dataOf({ existingClaim: 'redis-pvc' });
  expect(existing).toMatchObject({
    spec: { template: { spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'redis-pvc' } }] } } },
  });
  expect(existing).not.toHaveProperty('spec.volumeClaimTemplates');
  expect(dataOf({ emptyDir: {} })).toMatchObject({
    spec: { template: { spec: { volumes: [{ name: 'data', emptyDir: {} }] } } },
  });
});

test('a claim template may have the name that it has already', () => {
  expect(dataOf({ size: '1Gi', name: 'redis-data' })).toMatchObject({
    spec: {
      volumeClaimTemplates: [{ metadata: { name: 'redis-data' } }],
      template: { spec: { containers: [{ volumeMounts: [{ name: 'redis-data', mountPath: '/data' }] }] } },
    },
  });
});

test.each([
  ['postgres:15', 999],
  ['postgres:16-alpine', 70],
])('the image %s runs as user %i', (image, user) => {
  const objects = synthesized((chart) => {
    const password = { secret: testSecret(chart, 'DB_PASSWORD'), key: 'DB_PASSWORD' };
    new Postgresql(chart, 'Db', { name: 'db', partOf: 'demo', storage, database: 'shop', password, image });
  });
  expect(only(objects, 'StatefulSet')).toMatchObject({
    spec: { template: { spec: { securityContext: { runAsUser: user } } } },
  });
});

test.each([
  ['queue', 'queue'],
  ['abcdefghijklmn-op', 'redis'],
  ['a--b', 'redis'],
  ['abcdefghijklmno-p', 'abcdefghijklmno'],
])('the port of %s is called %s', (name, port) => {
  const objects = synthesized((chart) => {
    new Redis(chart, 'Redis', { name, partOf: 'demo', storage });
  });
  expect(toYaml(only(objects, 'StatefulSet'))).toContain(`- containerPort: 6379\n              name: ${port}\n`);
});
