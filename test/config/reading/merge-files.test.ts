import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkSystem, loadSystem } from '../../../lib/config/load-system.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';

const base = `name: shop
namespace: shop
environment: staging
clusterName: shop
coralogix: { domain: eu2.coralogix.com, applicationName: shop }
configMap: { name: shop-config, data: { LOG_LEVEL: info, MODE: fast } }
serviceDefaults: { replicas: 1, tolerations: [{ key: a, operator: Exists }] }
services:
  - name: web
    image: web:1
    port: 80
    env: { A: one, B: two }
    volumes: [{ name: tmp, mountPath: /tmp }, { name: cache, mountPath: /cache }]
  - &api
    name: api
    image: api:1
    port: 8080
patch: { Deployment: { spec: { minReadySeconds: 5, revisionHistoryLimit: 3 } } }
`;

/** A base with files above it; each file is in a folder of its own where its path has one. */
function files(...above: readonly (string | readonly [path: string, text: string])[]) {
  const folder = temporaryFolder();
  const named = above.map((entry, index) => (typeof entry === 'string' ? ([`${index}.yaml`, entry] as const) : entry));
  const all = [['base.yaml', base] as const, ...named];
  writeFiles(folder, Object.fromEntries(all));
  const paths = all.map(([path]) => join(folder, path));
  return {
    folder,
    config: () => loadSystem(paths).config,
    problems: () =>
      checkSystem(paths).map(
        ({ code, message, place }) =>
          `${place?.file.slice(folder.length + 1)}:${place?.line}:${place?.column} ${code} ${message}`,
      ),
  };
}

const service = (config: ReturnType<typeof loadSystem>['config'], name: string) =>
  config.services.find((candidate) => candidate.name === name);

test('mappings are merged, values are replaced, and the last file counts', () => {
  const { config } = files('environment: test\nconfigMap: { data: { MODE: slow } }\n', 'environment: production\n');
  expect(config()).toMatchObject({
    name: 'shop',
    environment: 'production',
    configMap: { name: 'shop-config', data: { LOG_LEVEL: 'info', MODE: 'slow' } },
  });
});

test('lists of named entries are merged by name, in the order of the first file', () => {
  const { config } = files(
    'services: [{ name: api, image: "api:2" }, { name: jobs, image: "jobs:1" }, { name: web, volumes: [{ name: cache, mountPath: /var/cache }] }]\n',
  );
  expect(config().services.map(({ name, image, port }) => `${name} ${image} ${port}`)).toEqual([
    'web web:1 80',
    'api api:2 8080',
    'jobs jobs:1 undefined',
  ]);
  expect(service(config(), 'web')?.volumes.map(({ mountPath }) => mountPath)).toEqual(['/tmp', '/var/cache']);
});

test('other lists are replaced', () => {
  const { config } = files('serviceDefaults: { tolerations: [{ key: b, operator: Exists }] }\n');
  expect(config().serviceDefaults.tolerations).toEqual([{ key: 'b', operator: 'Exists' }]);
});

test('null and nothing remove a key, and $patch: delete an entry of a list', () => {
  const { config } = files(
    'serviceDefaults: { replicas: null }\npatch: ~\nservices: [{ name: web, $patch: delete }, { name: api, port: 81, env: { C: three } }]\n',
  );
  const { services, serviceDefaults, patch } = config();
  expect(services.map(({ name }) => name)).toEqual(['api']);
  expect(services[0]?.env).toEqual({ C: 'three' });
  expect([serviceDefaults.replicas, patch]).toEqual([undefined, undefined]);
});

test('null in a patch stays, because there it removes a field of the object', () => {
  const { config } = files('patch: { Deployment: { spec: { minReadySeconds: null } } }\n');
  expect(config().patch?.['Deployment']).toEqual({ spec: { minReadySeconds: null, revisionHistoryLimit: 3 } });
});

test('the text null in quotes is a text', () => {
  expect(files('environment: "null"\n').config().environment).toBe('null');
});

test('a removed key that no file has is no problem', () => {
  expect(files('ingress: null\nservices: [{ name: web, env: { Z: null } }]\n').config().ingress).toBeUndefined();
});

test('an alias is merged as what it stands for, and what it stands for stays', () => {
  const { config } = files('serviceDefaults: &d { replicas: 2 }\nservices: [{ name: api, resources: null }]\n');
  expect(config().serviceDefaults).toMatchObject({ replicas: 2, tolerations: [{ key: 'a' }] });
});

test('every problem has its place in the file that the value comes from', () => {
  const { problems } = files(
    'services: [{ name: api, prt: 1 }]\nconfigMap: { data: { lower case: x } }\n',
    'services:\n  - name: web\n    port: 99999\n',
  );
  expect(problems().map((line) => line.replace(/ (must|in) .*/, ''))).toEqual([
    '0.yaml:1:25 config/unknown-key unknown key "prt"',
    '0.yaml:2:22 config/invalid-key the key "lower case"',
    '1.yaml:3:11 config/invalid-value services[0].port',
  ]);
});

test('a file that is no YAML is reported beside the others', () => {
  const { problems } = files('services: [\n', ['prod.yaml', '# nothing\n']);
  expect(problems().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    '0.yaml:2:1 config/yaml-syntax',
    'prod.yaml:1:1 config/empty',
  ]);
});

test('paths start from the folder of the file that they stand in', () => {
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';
  const { folder, config } = files([
    'prod/prod.yaml',
    'manifests: [x.yaml]\nsecret: { name: s, keys: [PW] }\ndatastores: [{ name: db, type: postgresql, database: shop, passwordKey: PW, storage: { emptyDir: {} }, initSql: [init.sql] }]\n',
  ]);
  writeFiles(folder, { 'prod/x.yaml': manifest, 'prod/init.sql': 'select 1;\n' });
  expect(config().datastores[0]).toMatchObject({ initSql: ['prod/init.sql'] });
  const { manifests, initSql } = loadSystem([join(folder, 'base.yaml'), join(folder, 'prod/prod.yaml')]);
  expect(manifests?.[0]?.objects).toHaveLength(1);
  expect(initSql['db']).toEqual([{ name: 'init.sql', content: 'select 1;\n' }]);
});
