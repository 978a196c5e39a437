import { expect, test } from 'vitest';
import { figure, textBar } from '../../lib/forecast/table.ts';

test.each([-1, -0.4, 0, 0.5, 1, 999.4, 999.5, 1000, 1_234_567])('%d is written as people read it', (number) => {
  expect(figure(number)).toBe(Math.round(number).toLocaleString('en-US'));
});

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
