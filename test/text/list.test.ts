import { expect, test } from 'vitest';
import { firstFew, oneOf } from '../../lib/text/list.ts';

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
