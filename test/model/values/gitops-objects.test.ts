import { expect, test } from 'vitest';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { readModel } from '../../../lib/model/read-model.ts';
import { first } from '../support/model-of.ts';

/** Four mistakes, one a line. */
const values = `global:
  domain: https://eu1.coralogix.com
  clusterName: bakery
presets: { hostMetrics: { enabled: true } }
opentelemetry-agent:
  presets:
    spanMetrics: { enabled: false }
    kubernetesAttributes: { enabled: false }`;

const indented = (text: string, by: number) => text.replaceAll(/^/gm, ' '.repeat(by));

const application = (helm: string, spec = '') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: telemetry, namespace: argocd }
spec:
  destination: { name: in-cluster, namespace: observability }
${spec}  source:
    repoURL: https://charts.example.com
    chart: otel-integration
    targetRevision: 0.0.331
    helm:
${helm}
`;

const helmRelease = (spec: string, metadata = '{ name: telemetry, namespace: observability }') =>
  `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: ${metadata}
spec:
  chart: { spec: { chart: otel-integration, version: 0.0.331, sourceRef: { kind: HelmRepository, name: charts } } }
${spec}
`;

const helmChart = (spec: string) => `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: telemetry, namespace: kube-system }
spec:
  chart: oci://registry.example.com/charts/otel-integration
  targetNamespace: observability
${spec}
`;

const errors = (...texts: string[]) =>
  lintSources(texts.map((text, index) => ({ file: `${index}.yaml`, text })))
    .result.findings.filter(({ level }) => level === 'error')
    .map(({ rule, place }) => `${place.file}:${place.line} ${rule.id}`);

const installation = (...texts: string[]) =>
  first(readModel(texts.map((text, index) => ({ file: `${index}.yaml`, text }))).values);

/** @param line where the values begin */
const mistakes = (line: number, file = '0.yaml') => [
  `${file}:${line + 1} valid-domain`,
  `${file}:${line + 3} no-unknown-top-level-key`,
  `${file}:${line + 6} require-span-metrics-collector`,
  `${file}:${line + 7} require-pod-and-host-metrics`,
];

const configMap = `apiVersion: v1
kind: ConfigMap
metadata: { name: base, namespace: observability }
data:
  values.yaml: |
${indented(values, 4)}
`;

const secret = (data: string) => `apiVersion: v1
kind: Secret
metadata: { name: base, namespace: observability }
${data}
`;

test.each([
  ['an Application, as an object', [application(`      valuesObject:\n${indented(values, 8)}`)], mistakes(12)],
  ['an Application, as a text', [application(`      values: |\n${indented(values, 8)}`)], mistakes(12)],
  ['a HelmRelease', [helmRelease(`  values:\n${indented(values, 4)}`)], mistakes(7)],
  [
    'a ConfigMap that a HelmRelease names',
    [configMap, helmRelease('  valuesFrom: [{ kind: ConfigMap, name: base }]')],
    mistakes(6),
  ],
  [
    'a Secret that a HelmRelease names',
    [
      secret(`stringData:\n  shared: |\n${indented(values, 4)}`),
      helmRelease('  valuesFrom: [{ kind: Secret, name: base, valuesKey: shared }]'),
    ],
    mistakes(6),
  ],
  ['a HelmChart of k3s', [helmChart(`  valuesContent: |\n${indented(values, 4)}`)], mistakes(8)],
])('lint reports wrong values of %s where they are written', (_, texts, expected) => {
  expect(errors(...texts)).toEqual(expected);
});

test('values of a Secret in base64 are read, and have the place of their key', () => {
  const encoded = Buffer.from(values).toString('base64');
  const found = errors(
    secret(`data:\n  values.yaml: ${encoded}`),
    helmRelease('  valuesFrom: [{ kind: Secret, name: base }]'),
  );
  expect(found).toContain('0.yaml:5 valid-domain');
});

test.each([
  ['the object of Argo CD', application('      releaseName: otel'), 'otel', 'observability'],
  ['an Application without a release name', application('      values: ""'), 'telemetry', 'observability'],
  ['a HelmRelease', helmRelease(''), 'telemetry', 'observability'],
  ['a HelmRelease for another namespace', helmRelease('  targetNamespace: edge'), 'edge-telemetry', 'edge'],
  ['a named HelmRelease', helmRelease('  targetNamespace: edge\n  releaseName: otel'), 'otel', 'edge'],
  ['a HelmChart of k3s', helmChart(''), 'telemetry', 'observability'],
])('the release of %s has the name and namespace that its tool gives it', (_, text, name, namespace) => {
  expect(installation(text)).toMatchObject({ chart: 'otel-integration', release: { name, namespace } });
});

test.each([
  ['an Application of another chart', application('').replace('chart: otel-integration', 'chart: ingress-nginx')],
  ['a HelmRelease of another chart', helmRelease('').replace('chart: otel-integration', 'chart: podinfo')],
  ['a HelmChart of another chart', helmChart('').replace('/otel-integration', '/traefik')],
  ['another kind of that name', application('').replace('argoproj.io/v1alpha1', 'app.k8s.io/v1beta1')],
])('%s is no installation of the collectors', (_, text) => {
  expect(readModel([{ file: 'a.yaml', text }]).values).toEqual([]);
});

test('parameters of an Application count more than its values, with the types of helm --set', () => {
  const text = application(`      valuesObject: { global: { domain: a, clusterName: b } }
      parameters:
        - { name: global.domain, value: eu1.coralogix.com }
        - { name: 'opentelemetry-agent.podLabels.a\\.b/c', value: "1", forceString: true }
        - { name: opentelemetry-agent.presets.spanMetrics.enabled, value: "false" }
        - { name: 'opentelemetry-agent.extraEnvs[1].name', value: B }`);
  const { document, written } = installation(text);
  expect(written).toEqual({
    global: { domain: 'eu1.coralogix.com', clusterName: 'b' },
    'opentelemetry-agent': {
      podLabels: { 'a.b/c': '1' },
      presets: { spanMetrics: { enabled: false } },
      extraEnvs: [null, { name: 'B' }],
    },
  });
  expect(document.place(['global', 'domain']).line).toBe(13);
  expect(document.place(['global', 'clusterName']).line).toBe(11);
});

test('a HelmRelease merges the sources of values in their order, and its own over them', () => {
  const { written } = installation(
    helmRelease(`  valuesFrom:
    - { kind: ConfigMap, name: base }
    - { kind: Secret, name: base, valuesKey: name, targetPath: global.clusterName }
  values: { presets: null, global: { domain: eu1.coralogix.com } }`),
    configMap,
    secret('stringData: { name: shop }'),
  );
  expect(written).toMatchObject({ presets: null, global: { domain: 'eu1.coralogix.com', clusterName: 'shop' } });
});

test('a HelmChartConfig counts more than the HelmChart of its name', () => {
  const config = helmChart('  valuesContent: "global: { domain: b }"').replace(
    'kind: HelmChart',
    'kind: HelmChartConfig',
  );
  expect(installation(helmChart('  valuesContent: "global: { domain: a, clusterName: c }"'), config).written).toEqual({
    global: { domain: 'b', clusterName: 'c' },
  });
});

const multiSource = (file: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: telemetry, namespace: argocd }
spec:
  destination: { namespace: observability }
  sources:
    - { repoURL: https://git.example.com/envs.git, ref: envs }
    - repoURL: https://charts.example.com
      chart: otel-integration
      helm: { valueFiles: ["${file}"] }
`;

test('a file of $values is part of the Application, and no installation of its own', () => {
  const sources = [
    { file: 'apps/app.yaml', text: multiSource('$envs/envs/prod.yaml') },
    { file: 'repo/envs/prod.yaml', text: values },
  ];
  const { model, result } = lintSources(sources);
  expect(model.values.map(({ title, files }) => [title, files])).toEqual([
    ['apps/app.yaml (Application telemetry)', ['repo/envs/prod.yaml']],
  ]);
  expect(result.findings.map(({ place }) => `${place.file}:${place.line}`)).toContain('repo/envs/prod.yaml:2');
  expect(model.unread).toEqual([]);
});

test('values that are no YAML are reported at their line', () => {
  const { problems } = readModel([
    { file: 'a.yaml', text: helmChart('  valuesContent: |\n    global:\n      a: b: c\n    d: 1') },
  ]);
  expect(problems.map(({ place }) => place?.line)).toEqual([9]);
});

test('--fix leaves values alone that stand in an object', () => {
  const { result } = lintSources([
    { file: 'a.yaml', text: application(`      valuesObject:\n${indented(values, 8)}`) },
  ]);
  expect(result.findings.flatMap(({ fix }) => fix ?? [])).toEqual([]);
});

test('what an ApplicationSet fills in is a placeholder, and no template of helm', () => {
  const text = application(`      valuesObject:
        global: { domain: "{{ .domain }}", clusterName: "{{cluster}}" }
        opentelemetry-agent: { replicaCount: "{{ replicas }}", presets: { kubernetesAttributes: { enabled: false } } }`)
    .replace('kind: Application', 'kind: ApplicationSet')
    .replace(/\nspec:\n([\s\S]*)$/, (_, spec: string) => `\nspec:\n  template:\n    spec:\n${indented(spec, 4)}`);
  expect(errors(text)).toEqual(['0.yaml:15 require-pod-attributes']);
});
