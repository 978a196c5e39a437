import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathBelow, textAt, textsAt, valueAt } from '../../lib/yaml/value.ts';

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

describe('a value at a path', () => {
  const key = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'length', '0'), fc.nat(2));
  const paths = fc.array(key, { maxLength: 4 });
  const { value: values } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, fc.constantFrom('x', 1, Number.NaN, true, null), tie('list'), tie('mapping')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    mapping: fc.dictionary(key.map(String), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  }));

  /** One step after the other. */
  const stepped = (value: unknown, path: readonly (string | number)[]): unknown => {
    const [step, ...others] = path;
    if (step === undefined) {
      return value;
    }
    const isStep = Array.isArray(value)
      ? typeof step === 'number'
      : typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return isStep ? stepped(Reflect.get(Object(value), step), others) : undefined;
  };

  it('is what its own keys and indexes lead to', () => {
    fc.assert(
      fc.property(values, paths, (value, path) => {
        const found = stepped(value, path);
        expect(valueAt(value, ...path)).toBe(found);
        expect(textAt(value, ...path)).toBe(textAt(found));
      }),
    );
  });

  it('is a mapping of its scalars, or an empty one', () => {
    expect(textsAt({ a: { b: 1, c: 'x', d: null, e: [], f: Number.NaN } }, 'a')).toEqual({ b: '1', c: 'x', f: '.nan' });
    expect([['x'], 'x', null, undefined].map((value) => textsAt({ a: value }, 'a'))).toEqual([{}, {}, {}, {}]);
  });
});
