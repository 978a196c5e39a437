import { expect, test } from 'vitest';
import { hasMergeSchema, templatePath, templatePathsOf, unnamedTemplate } from '../../lib/kubernetes/pod-template.ts';
import { instrumented } from '../instrument/support/instrumented.ts';

test.each([
  ['v1', 'Pod', ''],
  ['v1', 'ReplicationController', 'spec.template'],
  ['apps/v1', 'Deployment', 'spec.template'],
  ['apps/v1', 'StatefulSet', 'spec.template'],
  ['apps/v1', 'DaemonSet', 'spec.template'],
  ['apps/v1', 'ReplicaSet', 'spec.template'],
  ['extensions/v1beta1', 'Deployment', 'spec.template'],
  ['batch/v1', 'Job', 'spec.template'],
  ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template'],
  ['argoproj.io/v1alpha1', 'Rollout', 'spec.template'],
  ['serving.knative.dev/v1', 'Service', 'spec.template'],
])('%s %s has its pod template at "%s"', (apiVersion, kind, path) => {
  expect(templatePath(apiVersion, kind)?.join('.')).toBe(path);
});

test.each([
  ['v1', 'Service'],
  ['example.com/v1', 'Deployment'],
  ['serving.knative.dev/v1', 'Route'],
  ['v1', 'constructor'],
])('%s %s has none', (apiVersion, kind) => {
  expect(templatePath(apiVersion, kind)).toBeUndefined();
});

test('a configured kind has its pod template where the configuration has it, in that API version alone', () => {
  const others = templatePathsOf([{ apiVersion: 'example.com/v1', kind: 'Worker', path: 'spec.pools.0.template' }]);
  expect(templatePath('example.com/v1', 'Worker', others)).toEqual(['spec', 'pools', 0, 'template']);
  expect(templatePath('example.com/v2', 'Worker', others)).toBeUndefined();
  expect(templatePath('apps/v1', 'Deployment', others)).toEqual(['spec', 'template']);
});

test('kubectl and kustomize merge the containers of built-in kinds alone', () => {
  expect(hasMergeSchema('apps/v1', 'Deployment')).toBe(true);
  expect(hasMergeSchema('v1', 'Pod')).toBe(true);
  expect(hasMergeSchema('argoproj.io/v1alpha1', 'Rollout')).toBe(false);
});

const podSpec = { containers: [{ name: 'main', image: 'acme/app:1' }] };
const custom = (spec: object, apiVersion = 'example.com/v1') => ({ apiVersion, kind: 'Worker', spec });
const entry = (path: string) => `{ apiVersion: example.com/v1, kind: Worker, path: ${path} }`;

test.each([
  ['below a field', custom({ pods: { template: { spec: podSpec } } }), entry('spec.pods.template')],
  ['in a list', custom({ pools: [{}, { template: { spec: podSpec } }] }), entry('spec.pools.1.template')],
  ['at the top', custom(podSpec), entry('.')],
  ['below a key that no path can name', custom({ 'a.b': { spec: podSpec } }), undefined],
  ['in an object of a version that no entry can name', custom({ spec: podSpec }, 'EXAMPLE/1'), undefined],
])('a pod template %s is found with the entry that names it', (_, object, expected) => {
  const found = unnamedTemplate(object);
  expect(found?.entry).toBe(expected);
  expect(found).toBeDefined();
});

test.each([
  ['containers that stand in no spec', custom({ pods: { template: podSpec } })],
  ['containers without images', custom({ template: { spec: { containers: [{ name: 'main' }] } } })],
  ['no containers', custom({ size: 3 })],
])('%s are no pod template', (_, object) => {
  expect(unnamedTemplate(object)).toBeUndefined();
});

const worker = (spec: string) => `apiVersion: example.com/v1
kind: Worker
metadata: { name: w }
spec:
${spec}`;

const containers = `    spec:
      containers:
      - name: app
        image: acme/app:1
`;

test('a kind that is not known is named with the path to write', () => {
  const { objects } = instrumented(worker(`  workers:\n${containers}`));
  expect(objects.map(({ status, skipped }) => [status, skipped?.code, skipped?.message])).toEqual([
    [
      'skipped',
      'unknown-kind',
      'podhost does not know the kind, and pods are described at spec.workers: write instrument: { templates: [{ apiVersion: example.com/v1, kind: Worker, path: spec.workers }] }, or add --template-path Worker=spec.workers',
    ],
  ]);
});

test('a kind whose objects are pods themselves is instrumented by the path "."', () => {
  const templatePaths = templatePathsOf([{ apiVersion: 'example.com/v1', kind: 'Worker', path: '.' }]);
  const { objects } = instrumented(worker('  containers: [{ name: app, image: "acme/app:1" }]\n'), { templatePaths });
  expect(objects[0]?.status).toBe('instrumented');
});

test('a kind with a given template path is instrumented', () => {
  const templatePaths = new Map([['Worker', ['spec', 'workers']]]);
  const { objects, text } = instrumented(worker(`  workers:\n${containers}`), { templatePaths });
  expect(objects[0]?.status).toBe('instrumented');
  expect(text).toContain('k8s.pod.ip=$(K8S_POD_IP)');
});

test('a kind without pods is neither changed nor skipped', () => {
  expect(instrumented(worker('  size: 1')).objects[0]?.status).toBe('other');
});
