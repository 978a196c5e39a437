import { describe, expect, test } from 'vitest';
import { first, modelOf, onlyContainer } from '../support/model-of.ts';
import { dataOf, documents, podWith } from '../support/pod.ts';

const config = dataOf('ConfigMap', 'config', { A: 'from config', DOLLAR: '$(A)', port: '4317' });
const secret = dataOf('Secret', 'secret', { KEY: 'c2VjcmV0' });

function environmentOf(container: object, ...others: readonly string[]) {
  const model = modelOf(documents(podWith(container), ...others));
  const only = onlyContainer(model);
  return model.environment(only.workload, only.container);
}

/** Names and values of all variables, in their order. */
const valuesOf = (container: object, ...others: readonly string[]) =>
  Object.fromEntries([...environmentOf(container, ...others)].map(([name, { value }]) => [name, value]));

const reference = (kind: 'configMapKeyRef' | 'secretKeyRef', name: string, key: string, optional?: boolean) => ({
  valueFrom: { [kind]: { name, key, ...(optional === undefined ? {} : { optional }) } },
});

describe('`$(NAME)`', () => {
  test('is replaced by what was declared before', () => {
    const env = [
      { name: 'A', value: 'a' },
      { name: 'B', value: '$(A)-$(A)' },
      { name: 'C', value: '<$(B)>' },
    ];
    expect(valuesOf({ env })).toEqual({ A: 'a', B: 'a-a', C: '<a-a>' });
  });

  test('stays as it is when its variable comes later, or never', () => {
    const env = [
      { name: 'A', value: '$(B) $(NEVER)' },
      { name: 'B', value: 'b' },
    ];
    expect(environmentOf({ env }).get('A')).toMatchObject({
      value: '$(B) $(NEVER)',
      written: '$(B) $(NEVER)',
      unexpanded: ['B', 'NEVER'],
    });
  });

  test.each([
    ['$$(A)', '$(A)'],
    ['$$$(A)', '$a'],
    ['$$', '$'],
    ['$A ${A} $(', '$A ${A} $('],
    ['$(A', '$(A'],
    ['$()', '$()'],
  ])('%s becomes %s', (value, expected) => {
    expect(
      valuesOf({
        env: [
          { name: 'A', value: 'a' },
          { name: 'B', value },
        ],
      }),
    ).toEqual({ A: 'a', B: expected });
  });

  test('knows what the kubelet alone knows by its field', () => {
    const env = [
      { name: 'HOST_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
      { name: 'URL', value: 'http://$(HOST_IP):4317' },
    ];
    const environment = environmentOf({ env });
    expect(environment.get('HOST_IP')?.origin).toEqual({ kind: 'field', field: 'status.hostIP' });
    expect(environment.get('URL')).toMatchObject({ value: 'http://<status.hostIP>:4317', unexpanded: [] });
  });

  test('stays as it is, and is none that is missing, when its value was not read', () => {
    const env = [
      { name: 'A', ...reference('configMapKeyRef', 'elsewhere', 'A') },
      { name: 'B', value: '$(A)' },
    ];
    expect(environmentOf({ env }).get('B')).toMatchObject({ value: '$(A)', unexpanded: [] });
  });

  test('means the variable before when a variable refers to its own name', () => {
    const env = [
      { name: 'A', value: 'a' },
      { name: 'A', value: '$(A)b' },
    ];
    expect(valuesOf({ env })).toEqual({ A: 'ab' });
  });

  test('in a ConfigMap is text', () => {
    const env = [
      { name: 'A', value: 'a' },
      { name: 'B', ...reference('configMapKeyRef', 'config', 'DOLLAR') },
    ];
    expect(environmentOf({ env }, config).get('B')).toMatchObject({ value: '$(A)', unexpanded: [] });
  });
});

describe('a reference', () => {
  test('gives the value of a ConfigMap, and of a Secret only that it is there', () => {
    const env = [
      { name: 'A', ...reference('configMapKeyRef', 'config', 'A') },
      { name: 'KEY', ...reference('secretKeyRef', 'secret', 'KEY') },
    ];
    expect(valuesOf({ env }, config, secret)).toEqual({ A: 'from config', KEY: '<secret secret/KEY>' });
    expect(environmentOf({ env }, config).get('A')?.origin).toEqual({
      kind: 'configMap',
      name: 'config',
      key: 'A',
      optional: false,
    });
  });

  test('to a key that is not there gives nothing', () => {
    const env = [
      { name: 'A', ...reference('configMapKeyRef', 'config', 'MISSING') },
      { name: 'B', ...reference('secretKeyRef', 'secret', 'MISSING') },
      { name: 'C', ...reference('configMapKeyRef', 'elsewhere', 'A') },
    ];
    expect(valuesOf({ env }, config, secret)).toEqual({ A: undefined, B: undefined, C: undefined });
  });

  test('to a Secret that was not read gives that it is one', () => {
    const env = [{ name: 'KEY', ...reference('secretKeyRef', 'made-by-hand', 'KEY') }];
    expect(valuesOf({ env })).toEqual({ KEY: '<secret made-by-hand/KEY>' });
  });

  test('that is optional and leads nowhere leaves what was declared before', () => {
    const env = [
      { name: 'A', value: 'a' },
      { name: 'A', ...reference('configMapKeyRef', 'config', 'MISSING', true) },
      { name: 'B', ...reference('configMapKeyRef', 'config', 'MISSING', true) },
    ];
    expect(valuesOf({ env }, config)).toEqual({ A: 'a', B: undefined });
  });

  test('to a resource is known only in the cluster', () => {
    const env = [{ name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } }];
    expect(environmentOf({ env }).get('CPU')).toMatchObject({ value: undefined, origin: { kind: 'resource' } });
  });

  test('finds the Secret that an ExternalSecret or a SealedSecret becomes', () => {
    const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: e, namespace: demo }
spec: { target: { name: external }, data: [{ secretKey: KEY }] }
`;
    const sealed = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: sealed, namespace: demo }
spec: { encryptedData: { KEY: x } }
`;
    const env = [
      { name: 'A', ...reference('secretKeyRef', 'external', 'MISSING') },
      { name: 'B', ...reference('secretKeyRef', 'sealed', 'MISSING') },
      { name: 'C', ...reference('secretKeyRef', 'external', 'KEY') },
    ];
    expect(valuesOf({ env }, external, sealed)).toMatchObject({ A: undefined, B: undefined, C: expect.any(String) });
  });
});

describe('`envFrom`', () => {
  test('comes before `env`, with its prefix', () => {
    const envFrom = [{ prefix: 'P_', configMapRef: { name: 'config' } }, { secretRef: { name: 'secret' } }];
    const env = [
      { name: 'P_A', value: 'own' },
      { name: 'B', value: '$(P_port)' },
    ];
    expect(valuesOf({ envFrom, env }, config, secret)).toEqual({
      P_A: 'own',
      P_DOLLAR: '$(A)',
      P_port: '4317',
      KEY: '<secret secret/KEY>',
      B: '4317',
    });
  });

  test('has the value of the later source', () => {
    const envFrom = [{ configMapRef: { name: 'config' } }, { configMapRef: { name: 'more' } }];
    expect(valuesOf({ envFrom }, config, dataOf('ConfigMap', 'more', { A: 'later' }))).toMatchObject({ A: 'later' });
  });

  test('adds nothing from what was not read', () => {
    expect(valuesOf({ envFrom: [{ configMapRef: { name: 'elsewhere', optional: true } }] })).toEqual({});
  });

  test('looks in the namespace of the pod', () => {
    const other = config.replace('namespace: demo', 'namespace: other');
    expect(valuesOf({ envFrom: [{ configMapRef: { name: 'config' } }] }, other)).toEqual({});
  });
});

test('the later of two declarations counts, and knows its place', () => {
  const text = podWith({
    env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }, { name: 'EMPTY' }, { name: 'NUMBER', value: 5 }],
  });
  const model = modelOf(text);
  const { workload, container } = onlyContainer(model);
  const environment = model.environment(workload, container);
  expect([...environment.values()].map(({ name, value }) => [name, value])).toEqual([
    ['A', '2'],
    ['EMPTY', ''],
    ['NUMBER', '5'],
  ]);
  const line = text.split('\n').findIndex((content) => content.includes('value: "2"')) + 1;
  expect(workload.manifest.place([...(environment.get('A')?.path ?? []), 'value'])).toMatchObject({ line });
  expect(model.environment(workload, first(workload.containers))).toBe(environment);
});

describe('a field of the downward API', () => {
  const field = (fieldPath: string) => [{ name: 'A', valueFrom: { fieldRef: { fieldPath } } }];

  test('that is a label of the pod template has its value', () => {
    expect(valuesOf({ env: field("metadata.labels['app']") })).toEqual({ A: 'app' });
  });

  test.each([
    "metadata.labels['zone']",
    "metadata.annotations['a.b/c']",
    'metadata.name',
    "metadata.labels['constructor']",
  ])('that only the cluster knows stays open: %s', (path) => {
    expect(valuesOf({ env: field(path) })).toEqual({ A: `<${path}>` });
  });
});
