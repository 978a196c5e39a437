import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RenderRequest } from '../../lib/chart/chart-renderer.ts';
import { unknownRelease } from '../../lib/chart/installation.ts';
import { helmRenderer } from '../../lib/helm/helm-renderer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { HelmStandIn, integrationChart } from './stand-in.ts';

let helm: HelmStandIn;

beforeEach(() => {
  helm = new HelmStandIn(temporaryFolder());
});

afterEach(() => vi.unstubAllEnvs());

const global = { domain: 'eu2.coralogix.com', clusterName: 'shop' };
const request: RenderRequest = {
  chart: 'otel-integration',
  publisher: 'coralogix',
  version: undefined,
  release: { name: 'otel', namespace: 'telemetry' },
  values: { global },
  folders: [],
};
const plain: RenderRequest = { ...request, chart: 'opentelemetry-collector', publisher: 'unknown', values: {} };

describe('a chart that the command line names', () => {
  test('is rendered with release, namespace and values, and once for each installation', () => {
    helm.answers('kind: ConfigMap\n');
    const chart = helm.chart('own', integrationChart('0.0.331'));
    const render = helmRenderer({ chart });
    const expected = { location: chart, version: '0.0.331', publisher: 'coralogix', isNamed: true, helm: '3.99.0' };
    expect(render(request)).toEqual({ kind: 'rendered', chart: expected, manifests: 'kind: ConfigMap\n' });
    render(request);
    expect(helm.values).toEqual({ global });
    const rendered = `template --namespace=telemetry --values=- -- otel ${chart}`;
    expect(helm.calls).toEqual([`show chart -- ${chart}`, rendered]);
    render({ ...request, values: { global, 'opentelemetry-agent': {} } });
    expect(helm.calls).toEqual([`show chart -- ${chart}`, rendered, rendered]);
  });

  test('is rendered for a version of Kubernetes, and for what its API server has', () => {
    const chart = helm.chart('own', integrationChart('0.0.331'));
    helmRenderer({ chart })({ ...request, kubeVersion: '1.31', apiVersions: ['a/v1'] });
    expect(helm.calls.at(-1)).toContain(' --kube-version=1.31 --api-versions=a/v1 ');
    helmRenderer({ chart, kubeVersion: '1.33' })({ ...request, kubeVersion: '1.31' });
    expect(helm.calls.at(-1)).toContain(' --kube-version=1.33 ');
  });

  test.each([
    [
      'https://charts.example.com/stable',
      '--repo=https://charts.example.com/stable --version=0.0.331 -- otel-integration',
    ],
    ['https://charts.example.com/a.tgz', '--version=0.0.331 -- https://charts.example.com/a.tgz'],
    ['oci://charts.example.com/otel-integration', '--version=0.0.331 -- oci://charts.example.com/otel-integration'],
    ['coralogix/otel-integration', '--version=0.0.331 -- coralogix/otel-integration'],
  ])('%s is left to helm to fetch', (chart, expected) => {
    helmRenderer({ chart })({ ...request, version: '0.0.331' });
    expect(helm.calls).toEqual([`show chart ${expected}`]);
  });

  test('is not taken for another one, and may hold it', () => {
    const chart = helm.chart('own', 'name: shop\nversion: 1.0.0\n');
    expect(helmRenderer({ chart })(request)).toEqual({
      kind: 'unavailable',
      reason: `${chart} is another chart, and otel-integration is not in the cache of helm`,
    });
    const inside = helm.chart('own/charts/otel-integration', integrationChart('0.0.331'));
    expect(helmRenderer({ chart })(request)).toMatchObject({ kind: 'rendered', chart: { location: inside } });
  });
});

describe('without a name the chart is looked for', () => {
  test.each([
    ['HELM_REPOSITORY_CACHE', 'cache'],
    ['HELM_CACHE_HOME', 'cache/repository'],
    ['XDG_CACHE_HOME', 'cache/helm/repository'],
  ])('in the cache of helm that %s names', (variable, path) => {
    for (const name of ['HELM_REPOSITORY_CACHE', 'HELM_CACHE_HOME', 'XDG_CACHE_HOME']) {
      vi.stubEnv(name, name === variable ? join(helm.folder, 'cache') : '');
    }
    const location = helm.chart(`${path}/otel-integration-0.0.331.tgz`, integrationChart('0.0.331'));
    expect(helmRenderer()(request)).toMatchObject({ kind: 'rendered', chart: { location, isNamed: false } });
  });

  test('by its version, of which the known one comes first and then the newest', () => {
    const all = ['0.0.99', '0.0.331', '0.0.340'].map((version) =>
      helm.chart(`cache/otel-integration-${version}.tgz`, integrationChart(version)),
    );
    const [oldest, known] = all;
    const found = (version?: string) => helmRenderer()({ ...request, version });
    expect(found()).toMatchObject({ chart: { location: known } });
    expect(found('0.0.99')).toMatchObject({ chart: { location: oldest } });
    expect(found('0.0.330')).toEqual({
      kind: 'unavailable',
      reason: 'otel-integration 0.0.330 is neither named with --chart nor in the cache of helm',
    });
  });

  test('beside the values first', () => {
    helm.chart('cache/otel-integration-0.0.331.tgz', integrationChart('0.0.331'));
    const location = helm.chart('shop/charts/otel-integration-0.0.331.tgz', integrationChart('0.0.331'));
    const result = helmRenderer()({ ...request, folders: [join(helm.folder, 'shop/charts')] });
    expect(result).toMatchObject({ kind: 'rendered', chart: { location, isNamed: true } });
  });

  test('among those of its publisher, for two have a chart of one name', () => {
    const upstream = 'name: opentelemetry-collector\nversion: 0.135.4\nhome: https://opentelemetry.io/\n';
    helm.chart('cache/opentelemetry-collector-0.135.4.tgz', upstream);
    expect(helmRenderer()({ ...plain, publisher: 'coralogix' }).kind).toBe('unavailable');
    expect(helmRenderer()({ ...plain, publisher: 'opentelemetry' }).kind).toBe('rendered');
    expect(helmRenderer()(plain)).toMatchObject({ kind: 'rendered', chart: { publisher: 'opentelemetry' } });
  });
});

describe('what helm is given', () => {
  test('has a name for a release that has none, which is taken out again', () => {
    helm.answers('name: r7q9z5x8w-collector\n');
    const chart = helm.chart('own', integrationChart('0.0.331'));
    const result = helmRenderer({ chart })({ ...request, release: { name: unknownRelease, namespace: 'n' } });
    expect(helm.calls.at(-1)).toContain('-- r7q9z5x8w ');
    expect(result).toMatchObject({ manifests: `name: ${unknownRelease}-collector\n` });
  });

  test('has a domain and a cluster, which may be given to helm in another way, and are taken out again', () => {
    helm.answers('domain: g7q9z5x8w\nendpoint: https://ingress.g7q9z5x8w/v1\n');
    const chart = helm.chart('own', integrationChart('0.0.331'));
    const result = helmRenderer({ chart })({ ...request, values: { global: { domain: '' } } });
    expect(helm.values).toEqual({ global: { domain: 'g7q9z5x8w', clusterName: 'g7q9z5x8w' } });
    expect(result).toMatchObject({ manifests: 'domain: ""\nendpoint: https://ingress./v1\n' });
  });

  test('names the plain chart as its umbrella chart does', () => {
    const chart = helm.chart('own', 'name: opentelemetry-collector\nversion: 0.135.4\n');
    helmRenderer({ chart })({ ...plain, alias: 'edge' });
    expect(helm.values).toEqual({ nameOverride: 'edge' });
  });
});

describe('a failure of helm', () => {
  test.each([
    'execution error at (otel-integration/templates/NOTES.txt:2:3): no',
    "values don't meet the specifications of the schema(s) in the following chart(s):\nopentelemetry-agent:\n- a",
    'YAML parse error on otel-integration/templates/a.yaml: error converting YAML to JSON: yaml: line 1',
    'template: otel-integration/templates/a.yaml:1:2: executing "a" at <.Values.a>: nil pointer',
    'type mismatch on opentelemetry-agent: [a]',
  ])('for the values is a refusal: %s', (reason) => {
    const chart = helm.chart('own', integrationChart('0.0.331'));
    helm.fails(`coalesce.go:1: warning: something\nError: ${reason}\n\nUse --debug flag to render out invalid YAML\n`);
    expect(helmRenderer({ chart })(request)).toMatchObject({ kind: 'refused', reason });
  });

  test.each([
    'An error occurred while checking for chart dependencies. found in Chart.yaml, but missing in charts/ directory: a',
    'chart requires kubeVersion: >= 1.40 which is incompatible with Kubernetes v1.31.0',
  ])('for another reason leaves the values to the built-in model: %s', (reason) => {
    const chart = helm.chart('own', integrationChart('0.0.331'));
    helm.fails(`Error: ${reason}\n`);
    expect(helmRenderer({ chart })(request)).toEqual({
      kind: 'unavailable',
      reason: `helm fails with ${chart}: ${reason}`,
    });
  });

  test.each([
    ['', 'there is no helm on the path'],
    ['/not/there/helm', 'PODHOST_HELM is /not/there/helm, which does not run'],
  ])('to be there is a reason of its own: PODHOST_HELM=%s', (program, reason) => {
    vi.stubEnv('PODHOST_HELM', program);
    vi.stubEnv('PATH', '/not/there');
    expect(helmRenderer()(request)).toEqual({ kind: 'unavailable', reason });
  });
});
