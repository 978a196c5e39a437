import { expect, test } from 'vitest';
import { lintSources } from '../../../lib/lint/lint-sources.ts';
import { readModel } from '../../../lib/model/read-model.ts';
import { textAt } from '../../../lib/yaml/value.ts';

const read = (files: Readonly<Record<string, string>>) =>
  readModel(Object.entries(files).map(([file, text]) => ({ file, text })));

/** Title, namespace of the release, and the name of the cluster that decides. */
const installed = (files: Readonly<Record<string, string>>) =>
  read(files).values.map(({ title, release, written, missing }) => [
    title,
    release.namespace,
    textAt(written, 'global', 'clusterName'),
    missing,
  ]);

const helmCharts = (more: string) =>
  `helmCharts: [{ name: otel-integration, releaseName: otel, namespace: observability, version: 0.0.331, ${more} }]\n`;
const helmfile = (values: string) =>
  `releases:\n  - { name: otel, namespace: observability, chart: cx/otel-integration, version: 0.0.331, values: ${values} }\n`;
const cluster = (name: string) => `global: { clusterName: ${name} }\n`;

test.each([
  ['inline values', 'valuesInline: { global: { clusterName: a } }', 'a', undefined],
  ['a file', 'valuesFile: v.yaml', 'b', undefined],
  ['inline values over a file', 'valuesFile: v.yaml, valuesInline: { global: { clusterName: a } }', 'a', undefined],
  [
    'a file over inline values',
    'valuesMerge: merge, valuesFile: v.yaml, valuesInline: { global: { clusterName: a } }',
    'b',
    undefined,
  ],
  ['a file that was not read', 'valuesFile: other.yaml', undefined, 'other.yaml is not in the input'],
])('a chart of a kustomization is read with %s', (_, more, name, missing) => {
  const files = { 'k/kustomization.yaml': helmCharts(more), 'k/v.yaml': cluster('b') };
  expect(installed(files)).toEqual([['k/kustomization.yaml (otel)', 'observability', name, missing]]);
});

test.each([
  ['a file and inline values over it', '[v.yaml, { global: { clusterName: a } }]', 'a', undefined],
  ['files in their order', '[v.yaml, sub/w.yaml]', 'c', undefined],
  ['a file that was not read', '[v.yaml, values.gotmpl]', 'b', 'values.gotmpl is not in the input'],
])('a release of helmfile is read with %s', (_, values, name, missing) => {
  const files = { 'helmfile.yaml': helmfile(values), 'v.yaml': cluster('b'), 'sub/w.yaml': cluster('c') };
  expect(installed(files)).toEqual([['helmfile.yaml (otel)', 'observability', name, missing]]);
});

test('values that were not read in full are no ground for an error', () => {
  const { model, result } = lintSources([
    { file: 'helmfile.yaml', text: helmfile('[other.yaml]') },
    {
      file: 'app.yaml',
      text: `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  template:
    spec:
      containers:
        - name: api
          env:
            - { name: OTEL_SERVICE_NAME, value: api }
            - { name: OTEL_EXPORTER_OTLP_PROTOCOL, value: grpc }
            - { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://coralogix-opentelemetry.observability:4317" }
`,
    },
  ]);
  expect(result.findings.filter(({ level }) => level === 'error')).toEqual([]);
  expect(model.unread.map(({ message }) => message)).toEqual([
    'the values of otel are not read in full: other.yaml is not in the input',
  ]);
});
