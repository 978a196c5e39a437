import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dimensionsOf,
  findDimensionClashes,
  foldedName,
  foldedTwin,
  reservedDimensions,
  takenNames,
} from '../../lib/pipeline/dimensions.ts';

const name = fc.stringMatching(/^[a-z._-]{1,3}$/);

test('a name is folded as a metrics store does it', () => {
  expect(foldedName('http.response.status-code/v2')).toBe('http_response_status_code_v2');
});

describe('clashes of dimensions', () => {
  test('are none in a list of different labels', () => {
    expect(findDimensionClashes(['http.method', 'http.status_code', 'service.version'])).toEqual([]);
  });

  test('are told at the later of two, by what they are', () => {
    expect(findDimensionClashes(['a.b', 'c', 'a.b', 'a_b'])).toEqual([
      { kind: 'duplicate', index: 2, first: 0 },
      { kind: 'folded', index: 3, first: 0 },
    ]);
  });

  test.each(reservedDimensions)('include %s, as written and folded', (reserved) => {
    expect(findDimensionClashes([reserved, foldedName(reserved)])).toEqual([
      { kind: 'reserved', index: 0, label: reserved },
      { kind: 'reserved', index: 1, label: reserved },
    ]);
  });

  test('are none exactly when all labels differ', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), (names) => {
        const labels = [...names, ...reservedDimensions].map(foldedName);
        expect(findDimensionClashes(names).length === 0).toBe(new Set(labels).size === labels.length);
      }),
    );
  });
});

test('a twin is another name for the same label', () => {
  expect(foldedTwin('http_method', ['http.method', 'db.system'])).toBe('http.method');
  expect(foldedTwin('http.method', ['http.method'])).toBeUndefined();
});

describe('dimensions of a connector', () => {
  test('are read from each of its lists, with what they count as by default', () => {
    const connector = {
      dimensions: [{ name: 'a', default: 'x' }, { glob: 'b.*' }, 'text', {}, null],
      calls_dimensions: [{ name: 'c' }],
      histogram: { dimensions: [{ name: 'd' }] },
    };
    expect(dimensionsOf(connector, 'dimensions', ['values'])).toEqual([
      { name: 'a', origin: 'values', fallback: 'x' },
      { name: 'b.*', origin: 'connector-config', pattern: /^b\.[^.]*$/ },
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
