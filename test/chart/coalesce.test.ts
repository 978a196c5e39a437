import { expect, test } from 'vitest';
import { coalesced } from '../../lib/chart/coalesce.ts';

test.each([
  ['a value stands above the one of the chart', '{"a":1}', '{"a":2,"b":3}', '{"a":1,"b":3}'],
  ['mappings are merged key by key', '{"a":{"b":1}}', '{"a":{"b":2,"c":3}}', '{"a":{"b":1,"c":3}}'],
  ['null takes a key of the chart away', '{"a":null}', '{"a":2,"b":3}', '{"b":3}'],
  ['null stays where the chart has no such key', '{"a":null}', '{"b":3}', '{"a":null,"b":3}'],
  ['a list is replaced', '{"a":[1]}', '{"a":[2,3]}', '{"a":[1]}'],
  [
    'a key that every object inherits is one like any other',
    '{"constructor":1}',
    '{"toString":2}',
    '{"constructor":1,"toString":2}',
  ],
  [
    '__proto__ is a key like any other',
    '{"a":{"__proto__":{"b":1}}}',
    '{"a":{"__proto__":{"c":2}},"__proto__":3}',
    '{"a":{"__proto__":{"b":1,"c":2}},"__proto__":3}',
  ],
])('%s', (_, values, own, expected) => {
  expect(JSON.stringify(coalesced(JSON.parse(values), JSON.parse(own)))).toBe(expected);
});
