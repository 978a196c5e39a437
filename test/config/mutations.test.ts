import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemFile } from './system-file.ts';

const example = readFileSync('config/dataprime-demo.yaml', 'utf8');
const lines = example.split('\n');
const { check } = systemFile();

const snippet = fc.constantFrom(
  ...[
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ': ',
    '- ',
    '\n',
    '\t',
    '#',
    '&a ',
    '*a',
    '*large',
    '|\n',
    '!!int ',
    '---\n',
    '\0',
    '\u{1f600}',
    '<<: *large',
    '__proto__: 1',
    'constructor: 1',
    'null',
    '~',
    '-1',
    '1e3',
    '{}',
    '[]',
  ],
);
const index = fc.nat(example.length - 1);
const line = fc.nat(lines.length - 1);

const mutation: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.tuple(index, snippet).map(
    ([at, text]) =>
      (all: string) =>
        all.slice(0, at) + text + all.slice(at),
  ),
  fc.tuple(index, fc.nat(20)).map(
    ([at, count]) =>
      (all: string) =>
        all.slice(0, at) + all.slice(at + count),
  ),
  fc.tuple(line, line).map(
    ([from, to]) =>
      (all: string) =>
        all
          .split('\n')
          .toSpliced(to, 0, lines[from] ?? '')
          .join('\n'),
  ),
  line.map((at) => (all: string) => all.split('\n').toSpliced(at, 1).join('\n')),
  fc.tuple(line, snippet).map(
    ([at, text]) =>
      (all: string) =>
        all
          .split('\n')
          .map((old, number) => (number === at ? old.replace(/:.*$/, `: ${text}`) : old))
          .join('\n'),
  ),
  fc.tuple(line, fc.nat(4)).map(
    ([at, spaces]) =>
      (all: string) =>
        all
          .split('\n')
          .map((old, number) => (number === at ? ' '.repeat(spaces) + old.trimStart() : old))
          .join('\n'),
  ),
);

test('a configuration that was damaged at random is loaded or refused with problems, and nothing else happens', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const text = mutations.reduce((all, mutate) => mutate(all), example);
      const problems = check(text);
      const count = text.split('\n').length;
      for (const { code, message, place, suggestion } of problems) {
        expect(code).toMatch(/^config\/[a-z-]+$/);
        expect(message).toMatch(/^.+[^.]$/);
        expect(suggestion).toMatch(/^.+$/);
        expect(place?.line).toBeGreaterThan(0);
        expect(place?.line).toBeLessThanOrEqual(count);
        expect(place?.column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});
