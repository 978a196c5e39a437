import { expect, test } from 'vitest';
import { noUnreadInput as rule } from '../../../lib/lint/rules/no-unread-input.ts';
import { type Files, report } from './support/lint-text.ts';

const application = (file: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: telemetry, namespace: argocd }
spec:
  sources:
    - { repoURL: https://git.example.com/envs.git, ref: envs }
    - repoURL: https://charts.example.com
      chart: otel-integration
      helm: { valueFiles: ["${file}"] }
`;

const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: telemetry, namespace: observability }
spec:
  chart: { spec: { chart: otel-integration } }
  valuesFrom: [{ kind: ConfigMap, name: base }]
`;

const values = 'global: { domain: eu1.coralogix.com, clusterName: shop }\n';

const unread: [title: string, files: Files, at: string, message: string][] = [
  ['a file of $values', application('$envs/prod.yaml'), 'app.yaml:9:28', '$envs/prod.yaml is not in the input'],
  ['a file of the chart', application('small.yaml'), 'app.yaml:9:28', 'small.yaml is a file of the chart'],
  ['a source that does not exist', application('$x/prod.yaml'), 'app.yaml:9:28', 'no source has ref: x'],
  [
    'a file that two files may be',
    { 'app.yaml': application('$envs/prod.yaml'), 'a/prod.yaml': values, 'b/prod.yaml': values },
    'app.yaml:9:28',
    '$envs/prod.yaml may be a/prod.yaml or b/prod.yaml',
  ],
  ['a ConfigMap', release, 'app.yaml:6:16', 'values.yaml of ConfigMap base is not in the input'],
];

test.each(unread)('reports %s that was not read, as a note', (_, files, at, message) => {
  expect(report(rule, files)).toEqual([
    { at, message: expect.stringContaining(message), suggestion: expect.any(String), cannotTell: true },
  ]);
});

const read: [title: string, files: Files][] = [
  ['a file of $values in the input', { 'app.yaml': application('$envs/prod.yaml'), 'envs/prod.yaml': values }],
  [
    'a ConfigMap in the input',
    `${release}---
apiVersion: v1
kind: ConfigMap
metadata: { name: base, namespace: observability }
data: { values.yaml: "global: {}" }
`,
  ],
];

test.each(read)('does not report %s', (_, files) => {
  expect(report(rule, files)).toEqual([]);
});
