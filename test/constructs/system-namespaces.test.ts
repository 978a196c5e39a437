import { join } from 'node:path';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { parseManifests } from '../support/synthesized.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const head = `name: shop
namespace: shop
environment: production
clusterName: shop
coralogix: { domain: eu2.coralogix.com, applicationName: shop }
`;

function rendered(more: string) {
  const folder = temporaryFolder();
  writeFiles(folder, { 'podhost.yaml': head + more });
  const app = new App();
  new System(app, 'System', loadSystem(join(folder, 'podhost.yaml')));
  return renderApp(app).flatMap(({ path, content }) =>
    path.includes('/')
      ? [{ path, kind: 'values', title: path, object: {} }]
      : parseManifests(content).map((object) => ({
          path,
          kind: object.kind,
          title: `${object.kind} ${object.metadata.namespace ?? '-'}/${object.metadata.name}`,
          object,
        })),
  );
}

const twoNamespaces = `configMap: { name: shop-config, data: { API_URL: { service: api }, REDIS_URL: { datastore: redis } } }
secret: { name: shop-secrets, keys: [KEY], externalSecret: { store: { name: vault }, remote: { KEY: { key: shop } } } }
namespaces: { back: { enforce: privileged } }
services:
  - { name: web, image: "web:1", port: 80, configKeys: [API_URL] }
  - { name: api, image: "api:1", port: 8080, namespace: back, configKeys: [REDIS_URL], env: { SELF: { service: api } } }
datastores: [{ name: redis, type: redis, storage: { size: 1Gi } }]
`;

test('each namespace of services has its Namespace, alias Service, ConfigMap and Secret', () => {
  const objects = rendered(twoNamespaces);
  expect(
    objects
      .filter(({ path }) => /^(00|10)/.test(path))
      .map(({ path, title }) => `${path} ${title}`)
      .sort(),
  ).toEqual([
    '00-namespace.yaml Namespace -/back',
    '00-namespace.yaml Namespace -/coralogix',
    '00-namespace.yaml Namespace -/shop',
    '10-collector-endpoint-back.yaml Service back/coralogix-opentelemetry-collector',
    '10-collector-endpoint.yaml Service shop/coralogix-opentelemetry-collector',
    '10-config-back.yaml ConfigMap back/shop-config',
    '10-config-back.yaml ExternalSecret back/shop-secrets',
    '10-config.yaml ConfigMap shop/shop-config',
    '10-config.yaml ExternalSecret shop/shop-secrets',
  ]);
});

test.each([
  ['shop', { API_URL: 'http://api.back:8080', REDIS_URL: 'redis://redis:6379' }],
  ['back', { API_URL: 'http://api:8080', REDIS_URL: 'redis://redis.shop:6379' }],
])('an address leads out of the namespace %s where it must', (namespace, data) => {
  const config = rendered(twoNamespaces).find(({ title }) => title === `ConfigMap ${namespace}/shop-config`);
  expect(config?.object).toMatchObject({ data });
});

test('a namespace has its own Pod Security Standard, and is not made where somebody else manages it', () => {
  const level = (title: string, objects: ReturnType<typeof rendered>) =>
    JSON.parse(JSON.stringify(objects.find((object) => object.title === title)?.object ?? null))?.metadata.labels[
      'pod-security.kubernetes.io/enforce'
    ];
  const objects = rendered(twoNamespaces);
  expect(['shop', 'back', 'coralogix'].map((name) => level(`Namespace -/${name}`, objects))).toEqual([
    'baseline',
    'privileged',
    'privileged',
  ]);
  const foreign = rendered(twoNamespaces.replace('enforce: privileged', 'create: false'));
  expect(foreign.some(({ title }) => title === 'Namespace -/back')).toBe(false);
});

test('with an existing collector none is written, and the alias Service leads to it', () => {
  const objects = rendered(
    'configMap: { name: c }\ncollector: { delivery: existing, namespace: telemetry, service: agent }\nservices: [{ name: web, image: "web:1", port: 80 }]\n',
  );
  expect(objects.map(({ path }) => path).filter((path) => /^(15|helm)/.test(path))).toEqual([]);
  expect(objects.filter(({ kind }) => kind === 'Namespace').map(({ title }) => title)).toEqual(['Namespace -/shop']);
  const alias = objects.find(({ title }) => title === 'Service shop/coralogix-opentelemetry-collector');
  expect(alias?.object).toMatchObject({ spec: { externalName: 'agent.telemetry.svc.cluster.local' } });
});
