import { expect, test } from 'vitest';
import { afterRedaction } from '../../../lib/model/enrichment/redacted.ts';

const before = new Map(['a', 'b', 'c'].map((name) => [name, { value: name, from: 'the SDK' }] as const));
const keys = (settings: object) => [
  ...afterRedaction({ processors: { redaction: settings } }, 'redaction', before).keys(),
];

test('redaction keeps the keys that it allows or ignores', () => {
  expect(keys({ allowed_keys: ['a'], ignored_keys: ['c'] })).toEqual(['a', 'c']);
  expect(keys({})).toEqual([]);
});

test('redaction keeps every key where all are allowed', () => {
  expect(keys({ allow_all_keys: true })).toEqual(['a', 'b', 'c']);
});
