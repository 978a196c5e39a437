import { expect, test } from 'vitest';
import { quoted } from '../../lib/text/quoted.ts';

test('a value is shown on one line', () => {
  expect(quoted('a "b"\nc')).toBe('"a \\"b\\"\\nc"');
});

test('a control character is shown by its number', () => {
  expect(quoted('a\u0007b\u009bc\ud800')).toBe('"a\\u0007b\\u009bc\\ud800"');
});

test('a long value is cut', () => {
  expect(quoted('no '.repeat(20))).toBe(`"${'no '.repeat(20)}"`);
  expect(quoted(`${'no '.repeat(20)}x`)).toBe(`"${'no '.repeat(20)}…"`);
});

test('a secret is not shown, whether its form or its name tells it', () => {
  expect(quoted('ghp_16C7e42F292c6912E7710c838347Ae178B4a')).toBe('"***"');
  expect(quoted('hunter2', 'DB_PASSWORD')).toBe('"***"');
});
