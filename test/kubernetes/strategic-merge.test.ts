import fc from 'fast-check';
import { expect, test } from 'vitest';
import { strategicMerge } from '../../lib/kubernetes/strategic-merge.ts';
import { fieldsOf } from '../../lib/kubernetes/types.ts';

const pod = { containers: [{ name: 'api', image: 'api:1', env: [{ name: 'A', value: '1' }] }], hostIPC: true };

const cases: readonly (readonly [string, object, object])[] = [
  ['a field is set', { hostPID: true }, { ...pod, hostPID: true }],
  ['null removes a field', { hostIPC: null }, { containers: pod.containers }],
  [
    'a container is found by its name',
    { containers: [{ name: 'api', image: 'api:2' }] },
    { ...pod, containers: [{ ...pod.containers[0], image: 'api:2' }] },
  ],
  [
    'a container of another name is added behind',
    { containers: [{ name: 'proxy', image: 'envoy:1' }] },
    { ...pod, containers: [...pod.containers, { name: 'proxy', image: 'envoy:1' }] },
  ],
  [
    'a container is removed by its directive',
    { containers: [{ name: 'api', $patch: 'delete' }] },
    { ...pod, containers: [] },
  ],
  [
    'a variable from a source takes the place of its value',
    { containers: [{ name: 'api', env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }] }] },
    {
      ...pod,
      containers: [
        { ...pod.containers[0], env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }] },
      ],
    },
  ],
  [
    'a list without a merge key is replaced',
    { containers: [{ name: 'api', command: ['a'] }] },
    { ...pod, containers: [{ ...pod.containers[0], command: ['a'] }] },
  ],
  ['a mapping is replaced by its directive', { $patch: 'replace', hostPID: true }, { hostPID: true }],
];

test.each(cases)('%s', (_, patch, merged) => {
  expect(strategicMerge(pod, { ...patch }, 'PodSpec')).toEqual(merged);
});

test('a volume has one source: the one of the patch', () => {
  const volumes = [{ name: 'a', emptyDir: {} }];
  expect(strategicMerge({ volumes }, { volumes: [{ name: 'a', secret: { secretName: 's' } }] }, 'PodSpec')).toEqual({
    volumes: [{ name: 'a', secret: { secretName: 's' } }],
  });
});

test('applying a patch twice is applying it once, and what it does not name stays', () => {
  const container = fc.record(
    {
      name: fc.constantFrom('a', 'b', 'c'),
      image: fc.string(),
      command: fc.array(fc.string()),
      env: fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B'), value: fc.string() }), {
        selector: ({ name }) => name,
      }),
    },
    { requiredKeys: ['name'] },
  );
  const spec = fc.record(
    {
      containers: fc.uniqueArray(container, { selector: ({ name }) => name }),
      hostPID: fc.boolean(),
      nodeSelector: fc.dictionary(fc.constantFrom('x', 'y'), fc.string()),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(spec, spec, (before, patch) => {
      const once = strategicMerge(before, patch, 'PodSpec');
      expect(strategicMerge(once, patch, 'PodSpec')).toEqual(once);
      expect(strategicMerge(before, {}, 'PodSpec')).toEqual(before);
      if (patch.hostPID === undefined) {
        expect(once['hostPID']).toBe(before.hostPID);
      }
    }),
  );
});

test('fields have their types, shapes and merge keys', () => {
  expect(fieldsOf('PodSpec').get('containers')).toEqual({
    type: 'Container',
    shape: 'list',
    required: true,
    mergeKey: 'name',
  });
  expect(fieldsOf('PodSpec').get('tolerations')).toEqual({ type: 'Toleration', shape: 'list', required: false });
  expect(fieldsOf('PodSpec').get('nodeSelector')).toEqual({ type: 'string', shape: 'mapping', required: false });
  expect(fieldsOf('Container').get('restartPolicy')).toMatchObject({ type: 'string' });
  expect(fieldsOf('string').size).toBe(0);
});
