import { expect, test } from 'vitest';
import { textBar } from '../../lib/forecast/table.ts';

test.each([
  [0, ''],
  [0.5, '██'],
  [0.53, '██▏'],
  [1, '████'],
  [7, '████'],
  [-1, ''],
])('a part of %d is %j', (part, drawn) => {
  expect(textBar(part, 4)).toBe(drawn);
});
