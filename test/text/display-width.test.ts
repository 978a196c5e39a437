import { expect, test } from 'vitest';
import { displayWidth, padEnd, padStart } from '../../lib/text/display-width.ts';

test.each([
  ['api', 3],
  ['', 0],
  ['über', 4],
  ['u\u0308ber', 4],
  ['日本', 4],
  ['한국', 4],
  ['ｗｉｄｅ', 8],
  ['👍', 2],
  ['שלום', 4],
  ['█▏…✓', 4],
])('%s takes %d columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
  expect(displayWidth(padEnd(text, 10))).toBe(10);
  expect(displayWidth(padStart(text, 10))).toBe(10);
});

test('what is wider than its column stays whole', () => {
  expect([padEnd('日本', 3), padStart('api', 2)]).toEqual(['日本', 'api']);
});
