import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { describe, expect, test } from 'vitest';
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

describe.each(manifests.map(({ object }) => [fileName(object), object] as const))('%s', (name, object) => {
  test('is as reviewed', async () => {
    await expect(toYaml(withoutEnvironment(object))).toMatchFileSnapshot(join(snapshots, name));
  });

  test.runIf(object.kind === 'Deployment')('has the environment as reviewed', async () => {
    const summary = environmentSummary(object);
    await expect(summary).toMatchFileSnapshot(join(snapshots, `${object.metadata.name}.environment.yaml`));
  });
});

test('the Helm values are as reviewed', async () => {
  const [values, ...others] = files.filter(({ path }) => path.includes('/'));
  expect(others).toEqual([]);
  expect(values?.path).toBe('helm/coralogix-infra-values.yaml');
  await expect(values?.content ?? '').toMatchFileSnapshot(join(snapshots, 'coralogix-infra-values.yaml'));
});

test('no snapshot is left of an object that is gone', () => {
  const wanted = manifests.flatMap(({ object }) => [
    fileName(object),
    ...(object.kind === 'Deployment' ? [`${object.metadata.name}.environment.yaml`] : []),
  ]);
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
