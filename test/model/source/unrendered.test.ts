import { expect, test } from 'vitest';
import { lintSources } from '../../../lib/lint/lint-sources.ts';

/** A workload with an endpoint that is wrong as it is written. */
const deployment = (name = 'oven') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: bakery }
spec:
  selector: { matchLabels: { app: oven } }
  template:
    metadata: { labels: { app: oven } }
    spec:
      containers:
        - name: oven
          image: example/oven:1
          env:
            - { name: OTEL_SERVICE_NAME, value: oven }
            - { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: "http://localhost:4317" }
`;

const kustomization = (text: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${text}\n`;

function judged(files: Readonly<Record<string, string>>) {
  const { model, result } = lintSources(Object.entries(files).map(([file, text]) => ({ file, text })));
  return {
    workloads: model.workloads.map(({ manifest }) => manifest.document.file),
    notes: result.findings.filter(({ rule }) => rule.id === 'no-unread-input').map(({ suggestion }) => suggestion),
    broken: model.problems,
  };
}

const chart = 'apiVersion: v2\nname: bakery\nversion: 1.0.0\n';

test('the templates of a chart are one note, and no manifests', () => {
  const files = {
    'app/Chart.yaml': chart,
    'app/templates/a.yaml': '{{ if .Values.a }}\na: [\n{{ end }}\n',
    'app/templates/tests/b.yaml': deployment(),
    'app/charts/inner/Chart.yaml': chart,
    'app/charts/inner/templates/c.yaml': deployment(),
    'app/crds/d.yaml': deployment('kept'),
    'templates/e.yaml': deployment('also-kept'),
  };
  expect(judged(files)).toEqual({
    workloads: ['app/crds/d.yaml', 'templates/e.yaml'],
    notes: ['helm template app | podhost lint -'],
    broken: [],
  });
});

test.each([
  ['patches', 'patches: [{ path: env.yaml }]'],
  ['patchesStrategicMerge', 'patchesStrategicMerge: [env.yaml]'],
  ['patchesJson6902', 'patchesJson6902: [{ path: env.yaml, target: { kind: Deployment, name: oven } }]'],
])(
  '%s of a kustomization, and the bases that they change, are not judged, and one note has the command',
  (_, patches) => {
    const files = {
      'base/kustomization.yaml': kustomization('resources: [deployment.yaml]'),
      'base/deployment.yaml': deployment(),
      'overlays/prod/kustomization.yml': kustomization(`resources: [../../base]\n${patches}`),
      'overlays/prod/env.yaml': deployment(),
      'other.yaml': deployment('kept'),
    };
    expect(judged(files)).toEqual({
      workloads: ['other.yaml'],
      notes: ['kubectl kustomize overlays/prod | podhost lint -'],
      broken: [],
    });
  },
);

test('resources that a kustomization leaves as they are, are judged', () => {
  const files = {
    'base/kustomization.yaml': kustomization('resources: [deployment.yaml]\ncommonAnnotations: { a: b }'),
    'base/deployment.yaml': deployment(),
  };
  expect(judged(files)).toMatchObject({
    workloads: ['base/deployment.yaml'],
    notes: ['kubectl kustomize base | podhost lint -'],
  });
});

test('kustomizations that name each other end', () => {
  const files = {
    'a/kustomization.yaml': kustomization('resources: [../b]'),
    'b/kustomization.yaml': kustomization('resources: [../a]'),
  };
  expect(judged(files).broken).toEqual([]);
});

test('a Kustomization of Flux is an object as any other', () => {
  const text = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\n';
  expect(judged({ 'kustomization.yaml': text }).notes).toEqual([]);
});
