import { expect, test } from 'vitest';
import { firstFew, joinNames, oneOf } from '../../lib/text/list.ts';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('%j is written as %j', (names, text) => {
  expect(oneOf(names)).toBe(text);
});

test.each([
  [[], ''],
  [['a', 'b'], 'a, b'],
  [['a', 'b', 'c'], 'a, b and 1 more'],
])('of %j two are shown as %j', (names, text) => {
  expect(firstFew(names, 2)).toBe(text);
});

test.each([
  [['a'], 'a'],
  [['a', 'a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 others'],
])('%j is said as %s', (names, said) => {
  expect(joinNames(names)).toBe(said);
});
