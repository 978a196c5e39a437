import { expect, test } from 'vitest';
import { afterTransform } from '../../../lib/model/enrichment/transformed.ts';

const attributes = new Map(['a', 'b'].map((name) => [name, { value: name, from: 'the SDK' }]));

const namesAfter = (trace_statements: unknown): string[] => [
  ...afterTransform({ processors: { transform: { trace_statements } } }, 'transform', attributes).keys(),
];

test.each([
  [['keep_keys(resource.attributes, ["b", "c"])'], ['b']],
  [['delete_key(resource.attributes, "a")'], ['b']],
  [['set(resource.attributes["c"], "d")'], ['a', 'b', 'c']],
  [[{ context: 'resource', statements: ['delete_key(attributes, "b")'] }], ['a']],
  [[{ context: 'Resource', statements: ['delete_key(attributes, "b")'] }], ['a']],
  [[{ context: 'span', statements: ['delete_key(attributes, "b")'] }], ['a', 'b']],
  [[{ context: 'resource', conditions: ['true'], statements: ['delete_key(attributes, "b")'] }], ['a', 'b']],
  [[{ context: 'resource', statements: ['set(attributes["attributes"], "b")'] }], ['a', 'b', 'attributes']],
  [['set(resource.attributes["c"], "d") where true'], ['a', 'b']],
  [['set(resource.attributes["c"], "d") where resource.attributes["c"] == nil'], ['a', 'b', 'c']],
  [['set(resource.attributes["c"], "d") where resource.attributes["a"] == nil'], ['a', 'b']],
  [['set(resource.attributes["c"], resource.attributes["a"])'], ['a', 'b', 'c']],
  [['set(resource.attributes["c"], resource.attributes["d"])'], ['a', 'b']],
  [['delete_key(resource.attributes, "a") where resource.attributes["b"] != nil'], ['b']],
  [['delete_matching_keys(resource.attributes, "^a")'], ['b']],
  [['delete_matching_keys(resource.attributes, "^\\\\w$")'], []],
  [['keep_matching_keys(resource.attributes, "^a")'], ['a']],
  [['keep_matching_keys(resource.attributes, "(")'], ['a', 'b']],
  [['keep_keys(resource.attributes, [\n  "a",\n  "c"\n])\n'], ['a']],
  [['limit(resource.attributes, 1, ["a"])'], ['a', 'b']],
  [
    [null, 7, {}],
    ['a', 'b'],
  ],
  ['text', ['a', 'b']],
])('%j', (statements, expected) => {
  expect(namesAfter(statements)).toEqual(expected);
});
