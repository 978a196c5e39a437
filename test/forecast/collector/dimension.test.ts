import { expect, test } from 'vitest';
import { dimensionsOf, takenNames } from '../../../lib/forecast/collector/dimension.ts';

const taken = (list: readonly unknown[], ...names: string[]) => takenNames(dimensionsOf({ list }, 'list'), names);

test('a name takes the attribute of that name, whether it is there or not', () => {
  expect(taken([{ name: 'a' }, { name: 'b', default: 'x' }], 'a', 'c')).toEqual(['a', 'b']);
});

test.each([
  ['k8s.*', ['k8s.pod']],
  ['k8s.**', ['k8s.pod', 'k8s.pod.name', 'k8s.a-b.c']],
  ['k8s.{pod,node}.nam?', ['k8s.pod.name']],
  ['k8s.a-b.*', ['k8s.a-b.c']],
  ['k8s.{pod', []],
  ['}', []],
])('the pattern %s takes those that match', (glob, names) => {
  expect(taken([{ glob }], 'k8s.pod', 'k8s.pod.name', 'k8s.a-b.c', 'host.name')).toEqual(names);
});

test('what is no dimension takes nothing', () => {
  expect(taken(['a', {}, null])).toEqual([]);
});
