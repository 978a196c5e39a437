import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitDocuments } from '../../lib/yaml/documents.ts';
import { parsedByLibrary } from '../../lib/yaml/parse.ts';
import { collectorYamlSchema, kubernetesSchema } from '../../lib/yaml/schema.ts';
import { simpleValue } from '../../lib/yaml/simple-value.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { damaged } from '../support/damaged.ts';
import { randomLines, randomPieces } from '../support/simple-lines.ts';
import { tries } from '../support/tries.ts';
import { documents, unusualTexts } from './arbitrary-documents.ts';

/** Whether the text is simple; then its value is what `js-yaml` makes of it, with the order of its keys. */
function isRead(text: string): boolean {
  const found = [kubernetesSchema, collectorYamlSchema].map((schema) => {
    const simple = simpleValue(text, schema);
    if (simple !== undefined) {
      const parsed = parsedByLibrary(text, schema);
      expect(parsed).toEqual({ value: simple.value });
      expect(JSON.stringify(parsed)).toBe(JSON.stringify({ value: simple.value }));
    }
    return simple !== undefined;
  });
  return found.includes(true);
}

const manifests = readdirSync('dist')
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => splitDocuments(readFileSync(`dist/${name}`, 'utf8')));

test('the manifests that are synthesized are simple', () => {
  const simple = manifests.filter(({ content }) => isRead(content));
  expect(simple.length / manifests.length).toBeGreaterThan(0.8);
});

test('a text without quotes stands for what it stands for to js-yaml', () => {
  for (const text of unusualTexts) {
    isRead(`a: ${text}\n`);
    isRead(`- ${text}\n`);
    isRead(`${text}: 1\n`);
  }
});

test.each([['half of a character that has two', 'a: v\ud83d']])('%s is left to js-yaml', (_, text) => {
  expect(isRead(text)).toBe(false);
});

const property = (texts: fc.Arbitrary<string>, count: number) =>
  fc.assert(
    fc.property(texts, (text) => {
      isRead(text);
    }),
    tries(count),
  );

test('a text of random lines is read as js-yaml reads it, or not at all', () => {
  property(randomLines, 3000);
});

test('a text of random pieces is read as js-yaml reads it, or not at all', () => {
  property(randomPieces, 3000);
});

test('a number or word without quotes is read as js-yaml reads it, or not at all', () => {
  const scalar = fc.oneof(fc.stringMatching(/^[-+0-9._:eExXobainfTZ]{1,10}$/), fc.stringMatching(/^[A-Za-z~=<]{1,6}$/));
  property(
    fc.tuple(scalar, scalar).map(([key, value]) => `${key}: ${value}\n`),
    3000,
  );
});

test('a manifest that was damaged at random is read as js-yaml reads it, or not at all', () => {
  property(
    fc.constantFrom(...manifests).chain(({ content }) => damaged(content)),
    1000,
  );
});

test('a document of any values is read as js-yaml reads it, or not at all', () => {
  property(
    documents.map((value) => toYaml(value)),
    1000,
  );
});
