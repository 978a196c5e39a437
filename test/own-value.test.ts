import { expect, test } from 'vitest';
import { ownValue } from '../lib/own-value.ts';

test('a key that is there has its value', () => {
  expect(ownValue({ constructor: 1, a: 2 }, 'constructor')).toBe(1);
  expect(ownValue(JSON.parse('{ "__proto__": 3 }'), '__proto__')).toBe(3);
});

test.each(['constructor', '__proto__', 'toString', 'a'])('what every object inherits is no value: %s', (key) => {
  expect(ownValue({}, key)).toBeUndefined();
});
