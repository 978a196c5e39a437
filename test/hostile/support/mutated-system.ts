import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import type { SourceText } from '../../../lib/model/source/read-sources.ts';
import { isMapping } from '../../../lib/yaml/value.ts';
import { countValues, replacedValue } from '../../support/replaced-value.ts';

const files = ['application.yaml', 'collector.yaml', 'values.yaml', 'deliveries.yaml'];

/** The documents of a reduced system, with nearly everything that a command looks at, by file. */
const system = files.flatMap((file) =>
  loadAll(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')).map((document) => ({
    file,
    document,
  })),
);

/** Scalars and collections that only YAML can write. */
const raw = [
  '12345678901234567890',
  '0x7fffffffffffffffffff',
  '1e400',
  '.nan',
  '-.inf',
  '2001-12-14t21:59:43.10-05:00',
  '!!binary aGVsbG8=',
  '{ then: a, valueOf: null, hasOwnProperty: [] }',
  '!!set { a, b }',
  '!!timestamp 2001-12-14',
  '!custom { a: 1 }',
  '&a [ *a ]',
  '{ ? [ a ] : b }',
  '{ <<: { name: a } }',
  '{ __proto__: { name: a } }',
  '"\\ud800"',
  '"a\\0b"',
];

/** Values that stand where something else is meant. */
export const wrongValues: readonly unknown[] = [
  null,
  '',
  'text',
  '$(X)',
  '${X}',
  '{{ .Values.x }}',
  'http://',
  'constructor',
  '__proto__',
  0,
  5,
  -1,
  1.5,
  Number.MAX_SAFE_INTEGER,
  true,
  false,
  [],
  [null],
  [[]],
  [1],
  ['constructor'],
  {},
  { name: null },
  { constructor: { prototype: 1 }, toString: 'a', length: -1 },
  ...raw.map((_, index) => `@@${index}@@`),
];

/** A value of another type at one place. */
export interface Mutation {
  readonly document: number;
  /** Which of its values, counted in the order of the document. */
  readonly at: number;
  readonly by: unknown;
}

/** Every value of the system. */
export const places: readonly Omit<Mutation, 'by'>[] = system.flatMap(({ document }, index) =>
  Array.from({ length: countValues(document) }, (_, at) => ({ document: index, at })),
);

export const mutation: fc.Arbitrary<Mutation> = fc
  .tuple(fc.constantFrom(...places), fc.constantFrom(...wrongValues))
  .map(([place, by]) => ({ ...place, by }));

/** The files of the system with the mutations. */
export function mutatedSystem(mutations: readonly Mutation[]): SourceText[] {
  const documents = system.map(({ file, document }, index) => ({
    file,
    text: textOf(
      mutations
        .filter((change) => change.document === index)
        .reduce<unknown>((value, { at, by }) => replacedValue(value, at % countValues(value), by), document),
    ),
  }));
  return files.map((file) => ({
    file,
    text: documents
      .filter((document) => document.file === file)
      .map(({ text }) => text)
      .join('---\n'),
  }));
}

/** Fields that hold YAML as a text; in the fixtures they are written as what the text stands for. */
const embedded = ['relay', 'valuesContent'];

const textOf = (document: unknown): string =>
  dump(document, {
    noRefs: true,
    replacer: (key: string, value: unknown) => (embedded.includes(key) && isMapping(value) ? dump(value) : value),
  }).replaceAll(/(['"]?)@@(\d+)@@\1/g, (_, __, index: string) => raw[Number(index)] ?? '');
