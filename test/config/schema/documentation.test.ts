import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configurationDocument, documentedKeys, exampleOf } from '../../../lib/config/schema/documentation.ts';
import { keyExamples } from '../../../lib/config/schema/key-examples.ts';

const keys = documentedKeys();
const ajv = new Ajv2020({ strict: false, validateFormats: false });

test('the committed page is what the definition generates: npm run generate:configuration', () => {
  expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationDocument());
});

test('every key has an example, by the schema or in lib/config/schema/key-examples.ts', () => {
  expect(keys.filter((key) => exampleOf(key) === undefined).map(({ path }) => path)).toEqual([]);
});

test('every key has a description', () => {
  expect(keys.filter(({ schema }) => schema['description'] === undefined).map(({ path }) => path)).toEqual([]);
});

const examples = keys.flatMap((key) => {
  const example = exampleOf(key);
  return example === undefined ? [] : [[key.path, key, example] as const];
});

test.each(examples)('the example of %s is what the schema allows', (_, key, example) => {
  const value: unknown = parse(example);
  expect([ajv.validate(key.schema, value), ajv.errorsText()]).toEqual([true, 'No errors']);
});

test('every example belongs to a key', () => {
  const names = new Set(keys.flatMap(({ path }) => [path, path.replace(/^.*\./, '')]));
  expect(Object.keys(keyExamples).filter((name) => !names.has(name))).toEqual([]);
});
