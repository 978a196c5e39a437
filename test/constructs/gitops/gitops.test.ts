import { join } from 'node:path';
import { App } from 'cdk8s';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadSystem } from '../../../lib/config/load-system.ts';
import { type GitopsConfig, gitopsSchema } from '../../../lib/config/schema/gitops.ts';
import { keptByArgoCd, keptByFlux } from '../../../lib/constructs/gitops/annotations.ts';
import { System } from '../../../lib/constructs/system.ts';
import { renderApp } from '../../../lib/synth/render-app.ts';
import type { RenderedFile } from '../../../lib/synth/rendered-file.ts';
import { toYaml } from '../../../lib/yaml/to-yaml.ts';
import { type Manifest, only, parseManifests } from '../../support/synthesized.ts';

const snapshots = join(import.meta.dirname, '__snapshots__');

interface Changes {
  readonly delivery?: 'helm-values' | 'manifests';
  readonly chartRepository?: string;
}

function filesWith(gitops: GitopsConfig | undefined, { delivery = 'helm-values', chartRepository }: Changes = {}) {
  const { config, initSql } = loadSystem('config/dataprime-demo.yaml');
  const app = new App();
  const deploy = { ...config.deploy, ...(chartRepository !== undefined && { chartRepository }) };
  const collector = { ...config.collector, delivery };
  new System(app, 'System', { config: { ...config, gitops, deploy, collector }, initSql });
  return renderApp(app);
}

const repository = 'https://git.example.com/shop.git';
const manifestsOf = (files: readonly RenderedFile[], path: string): Manifest[] =>
  parseManifests(files.find((file) => file.path === path)?.content ?? '');
const added = (files: readonly RenderedFile[], before: readonly RenderedFile[]) =>
  files.map(({ path }) => path).filter((path) => !before.some((file) => file.path === path));

let plain: RenderedFile[];
let values: unknown;
beforeAll(() => {
  plain = filesWith(undefined);
  values = parse(plain.find(({ path }) => path === 'helm/coralogix-infra-values.yaml')?.content ?? '');
});

describe('k3s installs the chart by itself', () => {
  const files = filesWith({ tool: 'k3s' });
  const chart = only(manifestsOf(files, '15-collector-chart.yaml'), 'HelmChart');

  test('by one more manifest, which kubectl applies with the others', () => {
    expect(added(files, plain)).toEqual(['15-collector-chart.yaml']);
    expect(chart).toMatchObject({
      metadata: { name: 'otel-coralogix-integration', namespace: 'kube-system' },
      spec: { chart: 'otel-integration', version: '0.0.331', targetNamespace: 'coralogix', createNamespace: false },
    });
  });

  test('with the values of the values file', () => {
    const { spec } = z.looseObject({ spec: z.looseObject({ valuesContent: z.string() }) }).parse(chart);
    expect(parse(spec.valuesContent)).toEqual(values);
  });
});

describe('Argo CD', () => {
  const files = filesWith(gitopsSchema.parse({ tool: 'argo-cd', repository }));
  const [system, collector] = manifestsOf(files, 'argo-cd/applications.yaml');

  test('finds its Applications in a folder that kubectl does not read', () => {
    expect(added(files, plain)).toEqual(['argo-cd/applications.yaml']);
  });

  test('keeps the output folder without the values file', async () => {
    await expect(toYaml(system)).toMatchFileSnapshot(join(snapshots, 'argo-cd.application.yaml'));
  });

  test('installs the chart with the values of the values file', () => {
    expect(collector).toMatchObject({
      metadata: { name: 'dataprime-demo-collector', namespace: 'argocd' },
      spec: {
        source: { chart: 'otel-integration', targetRevision: '0.0.331', helm: { valuesObject: values } },
        destination: { namespace: 'coralogix' },
      },
    });
  });

  test('applies one group of files after the other', () => {
    const waves = files
      .filter(({ path }) => /^\d/.test(path))
      .flatMap(({ path, content }) =>
        parseManifests(content).map(({ metadata }) => `${path.slice(0, 2)} ${JSON.stringify(metadata['annotations'])}`),
      );
    expect(waves.length).toBeGreaterThan(30);
    for (const wave of waves) {
      expect(wave).toContain(`"argocd.argoproj.io/sync-wave":"${Number(wave.slice(0, 2))}"`);
    }
  });

  test('has nothing to install when the collector is part of the manifests', () => {
    const own = filesWith(gitopsSchema.parse({ tool: 'argo-cd', repository }), { delivery: 'manifests' });
    expect(manifestsOf(own, 'argo-cd/applications.yaml').map(({ metadata }) => metadata.name)).toEqual([
      'dataprime-demo',
    ]);
  });
});

describe('Flux', () => {
  const files = filesWith(gitopsSchema.parse({ tool: 'flux' }));
  const resources = manifestsOf(files, 'flux/resources.yaml');

  test('finds its resources in a folder that kubectl does not read, and does not fetch the values file', () => {
    expect(added(files, plain).sort()).toEqual(['.sourceignore', 'flux/resources.yaml']);
    const ignored = files.find(({ path }) => path === '.sourceignore')?.content.split('\n');
    expect(ignored?.filter((line) => !line.startsWith('#'))).toEqual(['helm/', '']);
  });

  test.each(['Kustomization', 'HelmRepository'])('has the reviewed %s', async (kind) => {
    const file = join(snapshots, `flux.${kind.toLowerCase()}.yaml`);
    await expect(toYaml(only(resources, kind))).toMatchFileSnapshot(file);
  });

  test('installs the chart with the values of the values file', () => {
    expect(only(resources, 'HelmRelease')).toMatchObject({
      spec: {
        targetNamespace: 'coralogix',
        storageNamespace: 'coralogix',
        chart: { spec: { version: '0.0.331', sourceRef: { kind: 'HelmRepository', name: 'dataprime-demo-charts' } } },
        values,
      },
    });
  });

  test('has nothing to install when the collector is part of the manifests', () => {
    const own = filesWith(gitopsSchema.parse({ tool: 'flux' }), { delivery: 'manifests' });
    expect(manifestsOf(own, 'flux/resources.yaml').map(({ kind }) => kind)).toEqual(['Kustomization']);
  });
});

describe('what holds data', () => {
  const kept = (gitops: object, [annotation, value]: readonly [string, string]) =>
    filesWith(gitopsSchema.parse(gitops))
      .filter(({ path }) => path.endsWith('.yaml') && !path.startsWith('helm/'))
      .flatMap(({ content }) => parseManifests(content))
      .filter(({ metadata }) => new Map(Object.entries(metadata['annotations'] ?? {})).get(annotation) === value)
      .map(({ kind }) => kind);
  const data = ['Namespace', 'Namespace', 'PersistentVolumeClaim', 'PersistentVolumeClaim'];

  test('is not taken away by Argo CD', () => {
    expect(kept({ tool: 'argo-cd', repository }, keptByArgoCd)).toEqual(data);
  });

  test('is not taken away by Flux, nor what would take it away', () => {
    expect(kept({ tool: 'flux' }, keptByFlux)).toEqual([...data, 'Kustomization', 'HelmRepository', 'HelmRelease']);
  });

  test('is marked for no tool where there is none', () => {
    expect(JSON.stringify(plain)).not.toMatch(/prune/i);
  });
});

describe('a mirror of the charts', () => {
  const sourceIn = (written: object, chartRepository: string, path: string, kind: string) =>
    manifestsOf(filesWith(gitopsSchema.parse(written), { chartRepository }), path).findLast((it) => it.kind === kind);
  const argoCd = { tool: 'argo-cd', repository };

  test('is where each tool gets the chart from', () => {
    const mirror = 'https://charts.example.com';
    expect(sourceIn({ tool: 'k3s' }, mirror, '15-collector-chart.yaml', 'HelmChart')).toMatchObject({
      spec: { repo: mirror, chart: 'otel-integration' },
    });
    expect(sourceIn(argoCd, mirror, 'argo-cd/applications.yaml', 'Application')).toMatchObject({
      spec: { source: { repoURL: mirror, chart: 'otel-integration' } },
    });
    expect(sourceIn({ tool: 'flux' }, mirror, 'flux/resources.yaml', 'HelmRepository')).toMatchObject({
      spec: { url: mirror },
    });
  });

  test('may be a registry, which each tool is told in its own way', () => {
    const mirror = 'oci://registry.example.com/charts';
    const chart = sourceIn({ tool: 'k3s' }, mirror, '15-collector-chart.yaml', 'HelmChart');
    expect(chart).toMatchObject({ spec: { chart: `${mirror}/otel-integration` } });
    expect(chart).not.toHaveProperty('spec.repo');
    expect(sourceIn(argoCd, mirror, 'argo-cd/applications.yaml', 'Application')).toMatchObject({
      spec: { source: { repoURL: 'registry.example.com/charts', chart: 'otel-integration' } },
    });
    expect(sourceIn({ tool: 'flux' }, mirror, 'flux/resources.yaml', 'HelmRepository')).toMatchObject({
      spec: { type: 'oci', url: mirror },
    });
  });
});
