import { expect, test } from 'vitest';
import { objectChanges } from '../../lib/synth/object-changes.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';

const object = (kind: string, name: string, value: number, namespace?: string) =>
  toYaml({ apiVersion: 'v1', kind, metadata: { name, namespace }, value });

const file = (path: string, ...documents: readonly string[]) => ({ path, content: documents.join('---\n') });

test('objects are added, changed and removed by kind, namespace and name, wherever they stand', () => {
  const before = [
    file('a.yaml', object('Service', 'same', 1, 'n'), object('Service', 'changed', 1, 'n'), object('Job', 'moved', 1)),
    file('b.yaml', object('Service', 'removed', 1)),
    file('helm/values.yaml', 'replicas: 1\n'),
    file('helm/same.yaml', 'replicas: 1\n'),
  ];
  const after = [
    file(
      'a.yaml',
      object('Service', 'same', 1, 'n'),
      object('Service', 'changed', 2, 'n'),
      object('Service', 'changed', 1, 'm'),
    ),
    file('c.yaml', object('Job', 'moved', 1)),
    file('helm/values.yaml', 'replicas: 2\n'),
    file('helm/same.yaml', 'replicas: 1\n'),
  ];
  expect(objectChanges(before, after).map(({ title, change }) => `${title} ${change}`)).toEqual([
    'Service n/changed changed',
    'Service m/changed added',
    'helm/values.yaml changed',
    'Service removed removed',
  ]);
});
