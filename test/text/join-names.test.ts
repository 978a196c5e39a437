import { expect, test } from 'vitest';
import { joinNames } from '../../lib/text/list.ts';

test.each([
  [['a'], 'a'],
  [['a', 'a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 others'],
])('%j is said as %s', (names, said) => {
  expect(joinNames(names)).toBe(said);
});
