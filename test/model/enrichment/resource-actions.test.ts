import { expect, test } from 'vitest';
import { afterResource } from '../../../lib/model/enrichment/resource-actions.ts';

const before = new Map([['there', { value: 'old', from: 'the SDK' }]]);

function after(...attributes: object[]): string[] {
  const config = { processors: { resource: { attributes } } };
  return [...afterResource(config, 'resource', before)].map(([name, { value, from }]) => `${name}=${value} (${from})`);
}

test.each([
  [{ key: 'there', value: 'new', action: 'insert' }, ['there=old (the SDK)']],
  [{ key: 'other', value: 'new', action: 'insert' }, ['there=old (the SDK)', 'other=new (resource)']],
  [{ key: 'there', value: 'new', action: 'update' }, ['there=new (resource)']],
  [{ key: 'other', value: 'new', action: 'update' }, ['there=old (the SDK)']],
  [{ key: 'there', value: 'new', action: 'upsert' }, ['there=new (resource)']],
  [{ key: 'other', from_attribute: 'there', action: 'insert' }, ['there=old (the SDK)', 'other=old (resource)']],
  [{ key: 'other', from_attribute: 'nothing', action: 'upsert' }, ['there=old (the SDK)']],
  [{ key: 'there', action: 'delete' }, []],
  [{ key: 'there', action: 'hash' }, ['there=undefined (resource)']],
  [{ pattern: '^the', action: 'delete' }, []],
  [{ pattern: '^here', action: 'delete' }, ['there=old (the SDK)']],
  [{ pattern: '(', action: 'delete' }, ['there=old (the SDK)']],
  [
    { key: 'other', from_attribute: 'nothing', default_value: 'some', action: 'insert' },
    ['there=old (the SDK)', 'other=some (resource)'],
  ],
  [{ key: 'there', pattern: '^(?P<first>.)', action: 'extract' }, ['there=old (the SDK)', 'first=o (resource)']],
  [{ key: 'there', pattern: '^x(?P<first>.)', action: 'extract' }, ['there=old (the SDK)']],
  [{ key: 'other', pattern: '^(?P<first>.)', action: 'extract' }, ['there=old (the SDK)']],
  [{ key: 'there', action: 'convert', converted_type: 'int' }, ['there=old (the SDK)']],
  [{ value: 'new', action: 'insert' }, ['there=old (the SDK)']],
])('%j', (action, expected) => {
  expect(after(action)).toEqual(expected);
});

test('applies actions in their order', () => {
  expect(after({ key: 'there', action: 'delete' }, { key: 'there', value: 'new', action: 'insert' })).toEqual([
    'there=new (resource)',
  ]);
});
