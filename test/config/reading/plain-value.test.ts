import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../../lib/config/reading/parse-document.ts';
import { systemValue } from '../../../lib/config/reading/plain-value.ts';

function policiesOf(policies: string): unknown {
  const parsed = parseConfig('shop.yaml', `collector: { loadBalancing: { policies: [${policies}] } }\n`);
  return 'contents' in parsed && systemValue(parsed.contents);
}

test.each([
  '1, -2, 0x1f, 0o17, 012, 1_000',
  '1.5, .5, 1e3, -.inf, .nan, 1.',
  'true, False, yes, on, null, ~, Null',
  '"1", \'true\', "", \'~\'',
  '2001-01-01, 12:30, a b, -x',
  '{ a: 1, "2": { b: [true, "true"] }, c: , d: }',
  '&a { x: 1 }, *a, [*a]',
])('policies have the types of YAML: %s', (policies) => {
  const expected: unknown = parse(`[${policies}]`, { schema: 'core', version: '1.2' });
  expect(policiesOf(policies)).toEqual({ collector: { loadBalancing: { policies: expected } } });
});

test('everything else is the text that was written', () => {
  const parsed = parseConfig('shop.yaml', 'name: 1e3\nenvironment: no\nservices: [{ port: 08 }]\n');
  expect('contents' in parsed && systemValue(parsed.contents)).toEqual({
    name: '1e3',
    environment: 'no',
    services: [{ port: '08' }],
  });
});
