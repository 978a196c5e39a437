import { describe, expect, test } from 'vitest';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { first, modelOf } from './support/model-of.ts';

const template = {
  metadata: { labels: { app: 'x', number: 1 }, annotations: { a: 'b' } },
  spec: {
    hostNetwork: true,
    initContainers: [{ name: 'before' }],
    containers: [{ name: 'app', env: [{ name: 'A', value: 'b' }] }, {}],
  },
};

const manifest = (apiVersion: string, kind: string, spec: object) =>
  toYaml({ apiVersion, kind, metadata: { name: 'x', namespace: 'demo' }, spec });

describe('a workload', () => {
  test.each([
    ['apps/v1', 'Deployment', { replicas: 3, template }],
    ['apps/v1', 'StatefulSet', { replicas: 3, template }],
    ['apps/v1', 'ReplicaSet', { replicas: 3, template }],
    ['v1', 'ReplicationController', { replicas: 3, template }],
    ['argoproj.io/v1alpha1', 'Rollout', { replicas: 3, template }],
    ['apps.openshift.io/v1', 'DeploymentConfig', { replicas: 3, template }],
    ['apps/v1', 'DaemonSet', { template }],
    ['batch/v1', 'Job', { template }],
    ['batch/v1', 'CronJob', { jobTemplate: { spec: { template } } }],
  ])('is described by %s %s', (apiVersion, kind, spec) => {
    const workload = first(modelOf(manifest(apiVersion, kind, spec)).workloads);
    expect(workload).toMatchObject({
      title: `${kind} x`,
      namespace: 'demo',
      labels: { app: 'x', number: '1' },
      annotations: { a: 'b' },
      hostNetwork: true,
      replicas: 'replicas' in spec ? 3 : 1,
    });
    expect(workload.containers.map(({ name }) => name)).toEqual(['app', '1']);
  });

  test('may be a pod on its own', () => {
    const pod = toYaml({ apiVersion: 'v1', kind: 'Pod', ...template });
    const workload = first(modelOf(pod, { namespace: 'here' }).workloads);
    expect(workload).toMatchObject({ kind: 'Pod', name: '', namespace: 'here', labels: { app: 'x' }, replicas: 1 });
  });

  test('knows where its parts stand', () => {
    const text = manifest('apps/v1', 'Deployment', { template });
    const { containers, manifest: written, place } = first(modelOf(text).workloads);
    const line = text.split('\n').findIndex((content) => content.includes('value: b')) + 1;
    const workload = first(modelOf(text).workloads);
    expect(written.place([...first(containers).path, 'env', 0, 'value'])).toMatchObject({ line });
    expect(workload.place(['spec', 'containers', 0, 'env', 0, 'value'])).toMatchObject({ line });
    expect(place).toBeTypeOf('function');
  });

  test('is a Service of Knative, which is no Service of Kubernetes', () => {
    const model = modelOf(manifest('serving.knative.dev/v1', 'Service', { template }));
    expect(model.workloads.map(({ kind }) => kind)).toEqual(['Service']);
    expect(model.services).toEqual([]);
  });

  test.each([
    ['serving.knative.dev/v1', 'Route'],
    ['batch.volcano.sh/v1alpha1', 'Job'],
    ['v1', 'constructor'],
    ['example.com/v1', 'toString'],
  ])('is not what %s %s describes', (apiVersion, kind) => {
    const model = modelOf(manifest(apiVersion, kind, { template }));
    expect(model.workloads).toEqual([]);
    expect(model.services).toEqual([]);
    expect(model.manifests).toHaveLength(1);
  });
});

describe('objects', () => {
  test('are items of a List of any kind', () => {
    const items = ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name } }));
    const model = modelOf(toYaml({ apiVersion: 'v1', kind: 'SecretList', items: [...items, 'text', null, {}] }));
    expect(model.manifests.map(({ title }) => title)).toEqual(['Secret a', 'Secret b']);
    expect(first(model.manifests.slice(1)).place(['metadata', 'name'])).toMatchObject({ line: 11 });
  });

  test('are found by kind and name', () => {
    const model = modelOf(
      [manifest('serving.knative.dev/v1', 'Service', {}), manifest('v1', 'Service', {})].join('---\n'),
    );
    expect(model.find('Service', 'x', 'demo')?.apiVersion).toBe('v1');
    expect(model.find('Service', 'x', 'default')).toBeUndefined();
  });
});

test('an init container that keeps running is one of the containers', () => {
  const spec = {
    template: {
      spec: {
        initContainers: [{ name: 'before' }, { name: 'beside', restartPolicy: 'Always' }],
        containers: [{ name: 'app' }],
      },
    },
  };
  const { containers } = first(modelOf(manifest('apps/v1', 'Deployment', spec)).workloads);
  expect(containers.map(({ name, path }) => [name, path.slice(-2)])).toEqual([
    ['app', ['containers', 0]],
    ['beside', ['initContainers', 1]],
  ]);
});
