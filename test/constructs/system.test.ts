import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { System } from '../../lib/constructs/system.ts';
import { renderApp } from '../../lib/synth/render-app.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { environmentSummary, withoutEnvironment } from '../support/environment-summary.ts';
import { type Manifest, parseManifests } from '../support/synthesized.ts';

const snapshots = join(import.meta.dirname, '__snapshots__/dataprime-demo');

function renderExample() {
  const app = new App();
  new System(app, 'System', loadSystem('config/dataprime-demo.yaml'));
  return renderApp(app);
}

const files = renderExample();
const manifests = files
  .filter(({ path }) => !path.includes('/'))
  .flatMap(({ path, content }) => parseManifests(content).map((object) => ({ path, object })));

const fileName = ({ kind, metadata }: Manifest): string => `${metadata.name}.${kind.toLowerCase()}.yaml`;

const deployments = manifests.map(({ object }) => object).filter(({ kind }) => kind === 'Deployment');

test.each(manifests.map(({ object }) => [fileName(object), object] as const))(
  '%s is as reviewed',
  async (name, object) => {
    await expect(toYaml(withoutEnvironment(object))).toMatchFileSnapshot(join(snapshots, name));
  },
);

test.each(deployments.map((object) => [object.metadata.name, object] as const))(
  'the environment of %s is as reviewed',
  async (name, object) => {
    await expect(environmentSummary(object)).toMatchFileSnapshot(join(snapshots, `${name}.environment.yaml`));
  },
);

test('the Helm values are as reviewed', async () => {
  const [values, ...others] = files.filter(({ path }) => path.includes('/'));
  expect(others).toEqual([]);
  expect(values?.path).toBe('helm/coralogix-infra-values.yaml');
  await expect(values?.content ?? '').toMatchFileSnapshot(join(snapshots, 'coralogix-infra-values.yaml'));
});

test('no snapshot is left of an object that is gone', () => {
  const environments = deployments.map(({ metadata }) => `${metadata.name}.environment.yaml`);
  const wanted = [...manifests.map(({ object }) => fileName(object)), ...environments];
  expect(existsSync(snapshots) ? readdirSync(snapshots).sort() : []).toEqual(
    [...wanted, 'coralogix-infra-values.yaml'].sort(),
  );
});

test('every service has its Deployment, Service and identity in a file of its own', () => {
  const kindsIn = (file: string) => manifests.filter(({ path }) => path === file).map(({ object }) => object.kind);
  const serviceFiles = files.map(({ path }) => path).filter((path) => path.startsWith('30-'));
  expect(serviceFiles).toHaveLength(9);
  for (const file of serviceFiles) {
    expect(kindsIn(file)).toEqual(expect.arrayContaining(['ServiceAccount', 'Deployment', 'Service']));
  }
});

test('what others need comes first, in the order in which kubectl reads files', () => {
  const kinds = [...manifests].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ object }) => object.kind);
  expect(kinds.slice(0, 2)).toEqual(['Namespace', 'Namespace']);
  expect(kinds.indexOf('ConfigMap')).toBeLessThan(kinds.indexOf('Deployment'));
  expect(kinds.lastIndexOf('Deployment')).toBeLessThan(kinds.indexOf('Ingress'));
});

test('every object but a Namespace says where it lives', () => {
  for (const { object } of manifests) {
    expect([object.kind, object.metadata.namespace]).toEqual([
      object.kind,
      object.kind === 'Namespace' ? undefined : 'dataprime-demo',
    ]);
  }
});

test('the same configuration gives the same bytes', () => {
  expect(renderExample()).toEqual(files);
});
