import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathBelow } from '../../lib/yaml/value.ts';

const step = fc.oneof(fc.constantFrom('spec', '0', 'containers'), fc.nat(3));
const root = ['metadata'];

describe('pathBelow', () => {
  it('gives a path with its steps behind it, and leaves the path as it is', () => {
    fc.assert(
      fc.property(fc.array(step), fc.array(step), (some, more) => {
        const path = pathBelow(root, ...some);
        expect(pathBelow(path, ...more)).toEqual(['metadata', ...some, ...more]);
        expect(path).toEqual(['metadata', ...some]);
      }),
    );
    expect(root).toEqual(['metadata']);
  });

  it('gives the same path for the same steps, an index apart from a key', () => {
    expect(pathBelow(root, 'a', 0)).toBe(pathBelow(pathBelow(root, 'a'), 0));
    expect(pathBelow(root, 'a', 0)).not.toBe(pathBelow(root, 'a', '0'));
  });
});
