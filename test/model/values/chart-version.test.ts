import { expect, test } from 'vitest';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { type ReadModelProps, readModel } from '../../../lib/model/read-model.ts';
import { assumedVersions } from '../../../lib/model/values/chart-notes.ts';
import { first } from '../support/model-of.ts';

const values = 'global: { domain: eu2.coralogix.com, clusterName: bakery }\nopentelemetry-agent: {}\n';

const read = (files: Readonly<Record<string, string>>, props?: ReadModelProps) =>
  readModel(
    Object.entries(files).map(([file, text]) => ({ file, text })),
    props,
  );

const versionOf = (files: Readonly<Record<string, string>>, props?: ReadModelProps) => {
  const { version, isAssumed } = first(read(files, props).values).version;
  return isAssumed ? 'assumed' : version;
};

const application = (source: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: telemetry }
spec: { source: { ${source} } }
`;
const release = (spec: string) => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: telemetry, namespace: otel }
spec: { ${spec} }
`;
const oci = `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: charts, namespace: otel }
spec: { url: "oci://registry.example.com/otel-integration", ref: { tag: 0.0.301 } }
`;
const umbrella = (version: string) => `apiVersion: v2
name: bakery
version: 1.0.0
dependencies: [{ name: otel-integration, version: "${version}" }]
`;
const lock = 'dependencies: [{ name: otel-integration, version: 0.0.303, repository: "https://charts.example.com" }]\n';

test.each([
  ['targetRevision', { 'a.yaml': application('chart: otel-integration, targetRevision: 0.0.300') }, '0.0.300'],
  ['a branch', { 'a.yaml': application('path: charts/otel-integration, targetRevision: 0.0.300') }, 'assumed'],
  ['a HelmRelease', { 'a.yaml': release('chart: { spec: { chart: otel-integration, version: 0.0.300 } }') }, '0.0.300'],
  [
    'an OCIRepository',
    { 'a.yaml': release('chartRef: { kind: OCIRepository, name: charts }'), 'b.yaml': oci },
    '0.0.301',
  ],
  [
    'a HelmChart of k3s',
    {
      'a.yaml':
        'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: { name: t }\nspec: { chart: otel-integration, version: v0.0.302 }\n',
    },
    '0.0.302',
  ],
  ['a dependency', { 'c/Chart.yaml': umbrella('0.0.300') }, '0.0.300'],
  ['a range', { 'c/Chart.yaml': umbrella('>=0.0.300') }, 'assumed'],
  ['a range and its lock', { 'c/Chart.yaml': umbrella('>=0.0.300'), 'c/Chart.lock': lock }, '0.0.303'],
  [
    'its own Chart.yaml',
    { 'c/Chart.yaml': 'name: otel-integration\nversion: 0.0.304\n', 'c/values.yaml': values },
    '0.0.304',
  ],
  [
    'the head of the file',
    { 'v.yaml': `# helm upgrade otel --version 0.0.305 \\\n#   -f v.yaml\n${values}` },
    '0.0.305',
  ],
  ['nothing', { 'v.yaml': values }, 'assumed'],
])('the version of a chart is found in %s', (_, files, expected) => {
  expect(versionOf(files)).toBe(expected);
});

test('the command line names the version of files that name none', () => {
  expect(versionOf({ 'v.yaml': values }, { chartVersion: '0.0.300' })).toBe('0.0.300');
  const named = { 'a.yaml': application('chart: otel-integration, targetRevision: 0.0.331') };
  expect(versionOf(named, { chartVersion: '0.0.300' })).toBe('0.0.331');
});

test('a version that is assumed is reported once', () => {
  const files = { 'a.yaml': values, 'b.yaml': values, 'mode.yaml': 'mode: daemonset\npresets: { spanMetrics: {} }\n' };
  expect(assumedVersions(read(files).values)).toEqual([
    'otel-integration 0.0.331 is assumed: nothing names its version; --chart-version does',
    'opentelemetry-collector 0.135.4 is assumed: nothing names its version; --chart-version does',
  ]);
  expect(assumedVersions(read(files, { chartVersion: '0.0.331' }).values)).toEqual([]);
});

const wrong = `${values.replace('{}', '{ presets: { spanMetric: { enabled: true } } }')}`;

test.each([
  ['0.0.300', ['note no-unread-input'], /^the collectors of v\.yaml are not judged: otel-integration 0\.0\.300/],
  [
    '0.0.400',
    ['note no-unread-input', 'error valid-preset'],
    /^v\.yaml is judged as values of otel-integration 0\.0\.331, and/,
  ],
  ['0.0.331', ['error valid-preset'], /spanMetric/],
])('of values for version %s lint reports %j', (chartVersion, expected, message) => {
  const { result } = lintSources([{ file: 'v.yaml', text: wrong }], { chartVersion });
  expect(result.findings.map(({ level, rule }) => `${level} ${rule.id}`)).toEqual(expected);
  expect(result.findings[0]?.message).toMatch(message);
});

test('collectors of a version that is not known have their names, Services and ports, and no pipelines', () => {
  const { collectors, services } = read({ 'v.yaml': values }, { chartVersion: '0.0.300' });
  expect(collectors.map(({ unread }) => unread?.reason)).toEqual([
    expect.stringContaining('otel-integration 0.0.300'),
    expect.stringContaining('otel-integration 0.0.300'),
  ]);
  expect(first(collectors).hostPorts).toContain(4317);
  expect(services.map(({ name }) => name)).toEqual(['coralogix-opentelemetry-collector']);
});

test('a rendered workload names its chart in a label', () => {
  const manifests = `apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data:
  relay: |
    receivers: { otlp: { protocols: { grpc: {} } } }
    service: { pipelines: { traces: { receivers: [otlp], exporters: [] } } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, labels: { helm.sh/chart: opentelemetry-agent-0.135.4 } }
spec: { template: { spec: { containers: [{ name: c }], volumes: [{ name: v, configMap: { name: c } }] } } }
`;
  expect(first(read({ 'a.yaml': manifests }).collectors).chart).toEqual({
    name: 'opentelemetry-agent',
    version: '0.135.4',
    isAssumed: false,
  });
});
