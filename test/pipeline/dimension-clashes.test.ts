import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findDimensionClashes,
  foldedName,
  foldedTwin,
  reservedDimensions,
} from '../../lib/pipeline/dimension-clashes.ts';

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
