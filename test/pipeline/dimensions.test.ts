import { describe, expect, test } from 'vitest';
import { dimensionsOf, takenNames } from '../../lib/pipeline/dimensions.ts';
import { Glob } from '../../lib/pipeline/glob.ts';

describe('dimensions of a connector', () => {
  test('are read from each of its lists, with what they count as by default', () => {
    const connector = {
      dimensions: [{ name: 'a', default: 'x' }, { glob: 'b.*' }, 'text', {}, null],
      calls_dimensions: [{ name: 'c' }],
      histogram: { dimensions: [{ name: 'd' }] },
    };
    expect(dimensionsOf(connector, 'dimensions', ['values'])).toEqual([
      { name: 'a', origin: 'values', fallback: 'x' },
      { name: 'b.*', origin: 'connector-config', pattern: new Glob('b.*') },
      { name: 'text', origin: 'connector-config' },
    ]);
    expect(dimensionsOf(connector, 'calls_dimensions')).toMatchObject([{ name: 'c' }]);
    expect(dimensionsOf(connector, 'histogram.dimensions')).toMatchObject([{ name: 'd' }]);
  });

  const taken = (dimensions: readonly unknown[], ...names: string[]) => takenNames(dimensionsOf({ dimensions }), names);

  test('take the attribute of their name, whether it is there or not', () => {
    expect(taken([{ name: 'a' }, { name: 'b', default: 'x' }], 'a', 'c')).toEqual(['a', 'b']);
  });

  test.each([
    ['k8s.*', ['k8s.pod']],
    ['k8s.**', ['k8s.pod', 'k8s.pod.name', 'k8s.a-b.c']],
    ['k8s.{pod,node}.nam?', ['k8s.pod.name']],
    ['k8s.a-b.*', ['k8s.a-b.c']],
    ['k8s.{pod', []],
    ['}', []],
  ])('of the pattern %s are those that match', (glob, names) => {
    expect(taken([{ glob }], 'k8s.pod', 'k8s.pod.name', 'k8s.a-b.c', 'host.name')).toEqual(names);
  });
});
