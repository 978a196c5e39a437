import { join } from 'node:path';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { type Manifest, parseManifests } from '../support/synthesized.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const head = `name: shop
namespace: shop
environment: production
clusterName: shop
coralogix: { domain: eu2.coralogix.com, applicationName: shop }
configMap: { name: shop-config }
manifests: [all.yaml]
`;

const deployment = (name: string, namespace = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`}, labels: { app: ${name}, app.kubernetes.io/managed-by: Helm } }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: "registry.example.com/${name}:2.1", env: [{ name: MODE, value: fast }] }] }
`;

function rendered(manifests: string, more = '') {
  const folder = temporaryFolder();
  writeFiles(folder, { 'podhost.yaml': head + more, 'all.yaml': manifests });
  const app = new App();
  const system = new System(app, 'System', loadSystem(join(folder, 'podhost.yaml')));
  const files = renderApp(app).filter(({ path }) => !path.includes('/'));
  const objects = files.flatMap(({ path, content }) => parseManifests(content).map((object) => ({ path, object })));
  return { system, folder, objects };
}

const titles = (objects: readonly { readonly path: string; readonly object: Manifest }[]): string[] =>
  objects.map(
    ({ path, object: { kind, metadata } }) => `${path} ${kind} ${metadata.namespace ?? '-'}/${metadata.name}`,
  );

test('an existing workload comes out with its telemetry, its namespace and the labels of the system, and nothing else changed', () => {
  const { objects } = rendered(deployment('web'));
  const web = objects.find(({ object }) => object.kind === 'Deployment')?.object;
  expect(web).toMatchObject({
    metadata: {
      namespace: 'shop',
      labels: { app: 'web', 'app.kubernetes.io/managed-by': 'cdk8s-podhost', 'app.kubernetes.io/part-of': 'shop' },
    },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } } } },
  });
  const [container] = JSON.parse(JSON.stringify(web?.['spec'])).template.spec.containers;
  expect(Object.keys(container)).toEqual(['env', 'image', 'name']);
  const env = new Map(container.env.map(({ name, ...value }: { name: string }) => [name, value]));
  expect(env.get('MODE')).toEqual({ value: 'fast' });
  expect(env.get('OTEL_EXPORTER_OTLP_ENDPOINT')).toEqual({ value: 'http://coralogix-opentelemetry-collector:4317' });
  expect(JSON.stringify(env.get('OTEL_RESOURCE_ATTRIBUTES'))).toContain('deployment.environment=production');
});

test('the files of a system with existing manifests stand in the order of application', () => {
  const { objects } = rendered(
    [
      deployment('web'),
      deployment('worker', 'jobs'),
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }\nrules: []\n',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: reader, namespace: kube-system }\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: limits, namespace: monitoring }\n',
    ].join('---\n'),
  );
  expect(titles(objects).sort()).toEqual([
    '00-namespace.yaml Namespace -/coralogix',
    '00-namespace.yaml Namespace -/jobs',
    '00-namespace.yaml Namespace -/monitoring',
    '00-namespace.yaml Namespace -/shop',
    '10-collector-endpoint-jobs.yaml Service jobs/coralogix-opentelemetry-collector',
    '10-collector-endpoint.yaml Service shop/coralogix-opentelemetry-collector',
    '10-config.yaml ConfigMap shop/shop-config',
    '35-all.yaml ClusterRole -/reader',
    '35-all.yaml ConfigMap monitoring/limits',
    '35-all.yaml Deployment jobs/worker',
    '35-all.yaml Deployment shop/web',
    '35-all.yaml RoleBinding kube-system/reader',
  ]);
  const own = objects.find(({ object }) => object.kind === 'Namespace' && object.metadata.name === 'shop');
  expect(own?.object.metadata['labels']).not.toHaveProperty('pod-security.kubernetes.io/enforce');
});

test('what was done to each workload is known', () => {
  const { system } = rendered(
    `${deployment('web')}---\n${deployment('redis').replace('registry.example.com/redis:2.1', 'redis:7')}`,
  );
  const results = system.instrumented.files.flatMap(({ objects }) => objects);
  expect(results.map(({ name, status, skipped }) => [name, status, skipped?.code])).toEqual([
    ['web', 'instrumented', undefined],
    ['redis', 'skipped', 'off-the-shelf'],
  ]);
});

test('the key instrument names custom kinds and what is left out', () => {
  const worker = deployment('jobs').replace('apps/v1', 'example.com/v1').replace('Deployment', 'Worker');
  const { system, objects } = rendered(
    `${deployment('web')}---\n${worker.replace('  template:', '  podTemplate:')}`,
    `instrument:
  templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.podTemplate }]
  exclude: { names: [web] }
`,
  );
  const results = system.instrumented.files.flatMap((file) => file.objects);
  expect(results.map(({ name, status, skipped }) => [name, status, skipped?.code])).toEqual([
    ['web', 'skipped', 'not-selected'],
    ['jobs', 'instrumented', undefined],
  ]);
  const worked = objects.find(({ object }) => object.kind === 'Worker')?.object;
  expect(JSON.stringify(worked?.['spec'])).toContain('OTEL_RESOURCE_ATTRIBUTES');
});

test('the patch of the system reaches existing objects', () => {
  const { objects } = rendered(deployment('web'), 'patch: { Deployment: { spec: { minReadySeconds: 5 } } }\n');
  expect(objects.find(({ object }) => object.kind === 'Deployment')?.object['spec']).toMatchObject({
    minReadySeconds: 5,
  });
});

test('an object that a service of the configuration makes as well is refused, with its place', () => {
  const services = 'services: [{ name: web, image: "web:1", port: 80 }]\n';
  try {
    rendered(`${deployment('other')}---\n${deployment('web')}`, services);
    expect.unreachable('it is refused');
  } catch (error) {
    const problems = error instanceof PodhostError ? error.problems : [];
    expect(problems).toMatchObject([
      {
        code: 'synth/repeated-object',
        message: 'the configuration makes a Deployment web as well, and kubectl would apply one over the other',
        place: { line: 10 },
      },
    ]);
  }
});
