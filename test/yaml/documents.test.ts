import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseDocuments } from '../../lib/yaml/documents.ts';
import type { Path } from '../../lib/yaml/value.ts';
import { documents as anyDocument } from './arbitrary-documents.ts';

const read = (text: string) => parseDocuments('a.yaml', text);
const values = (text: string) => read(text).documents.map(({ value }) => value);

function placesOf(text: string, ...path: Path): string[] {
  return read(text).documents.map((document) => {
    const { line, column } = document.place(path);
    return `${line}:${column}`;
  });
}

describe('the documents of a file', () => {
  test('are parted by lines that begin with three dashes', () => {
    expect(values('a: 1\n---\na: 2\n--- # the third\na: 3\n')).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  test('know their lines in the file', () => {
    expect(placesOf('# comment\na: 1\n---\n\na: 2\n---\na: 3', 'a')).toEqual(['2:4', '5:4', '7:4']);
    expect(placesOf('---\na: 1\n---\na: 2\n', 'a')).toEqual(['2:4', '4:4']);
  });

  test('know their lines when lines end as on Windows', () => {
    expect(placesOf('a: 1\r\n---\r\nb:\r\n  a: x\r\na: 2\r\n', 'a')).toEqual(['1:4', '5:4']);
  });

  test('may begin with a byte order mark', () => {
    expect(placesOf('\uFEFF---\na: 1\n', 'a')).toEqual(['2:4']);
    expect(placesOf('\uFEFFa: 1\n', 'a')).toEqual(['1:4']);
  });

  test('may begin on the line of the dashes', () => {
    expect(placesOf('--- {a: 1}\n---\na: 2\n', 'a')).toEqual(['1:9', '3:4']);
  });

  test('are the same, with the same places, whether the line of dashes holds them or spaces', () => {
    const lines = fc.array(fc.constantFrom('a: 1', '  b: {c: d}', '- x', '? {a: b}', '{', '"', '*a', '---', '#', ''));
    const text = fc.oneof(
      lines.map((written) => written.join('\n')),
      anyDocument.map((value) => stringify(value)),
    );
    const all = (written: string) => {
      const { documents, problems } = read(written);
      const placed = documents.map((each) => [
        each.value,
        each.place(),
        each.place(['a']),
        each.place(['a', 'b'], 'key'),
      ]);
      return { placed, problems };
    };
    fc.assert(
      fc.property(text, (written) => {
        expect(all(`---\n${written}`)).toEqual(all(`   \n${written}`));
      }),
    );
  });

  test('may have directives and an end', () => {
    expect(values('%YAML 1.2\n---\na: 1\n...\n')).toEqual([{ a: 1 }]);
  });

  test('are not parted by dashes inside of a text', () => {
    expect(values('a: |\n  x\n  ---\n  y\nb: "----"\n')).toEqual([{ a: 'x\n---\ny\n', b: '----' }]);
  });

  test('are left out when they hold nothing', () => {
    expect(values('---\n# nothing\n---\na: 1\n---\n')).toEqual([{ a: 1 }]);
    expect(read('')).toEqual({ documents: [], problems: [] });
  });

  test('may be JSON', () => {
    expect(placesOf('{\n\t"a": "\\u00e9"\n}\n', 'a')).toEqual(['2:7']);
  });
});

describe('a broken document', () => {
  test('is a problem at its line, and the others are read', () => {
    const { documents, problems } = read('a: 1\n---\nb:\n  - x\n c: 2\n---\na: 3\n');
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { a: 3 }]);
    expect(problems).toMatchObject([{ code: 'lint/valid-yaml', place: { file: 'a.yaml', line: 5 } }]);
  });

  test.each([
    ['a key that is there twice', 'x: 1\n---\na: 1\na: 2\n', 4],
    ['a quote that does not end', 'x: 1\n---\na: "b\n', 4],
    ['an alias of nothing', 'a: *nothing\n', 1],
    ['an alias inside of what it stands for', 'a: &a\n  b: *a\n', 1],
  ])('is %s', (_, text, line) => {
    expect(read(text).problems.map(({ place }) => place?.line)).toEqual([line]);
  });

  test('is one whose aliases stand for more than anything reads', () => {
    const levels = Array.from({ length: 30 }, (_, index) => `l${index + 1}: &l${index + 1} [*l${index}, *l${index}]`);
    expect(read(`l0: &l0 x\n${levels.join('\n')}\n`).problems).toHaveLength(1);
  });

  test('is one that nests too deep', () => {
    expect(read('['.repeat(100_000)).problems).toHaveLength(1);
  });

  test('is told what to do when it is a template of Helm', () => {
    expect(read('a: {{ .Values.a }}\nb: {{- end }}\n').problems[0]?.suggestion).toMatch(/helm template/);
  });
});

describe('a place', () => {
  const text = 'a:\n  - b: 1\n    c: [x, {d: y}]\n  - &z\n    b: 2\nn: *z\n';
  const place = (path: Path, end?: 'key') => {
    const [document] = read(text).documents;
    const { line, column } = document?.place(path, end) ?? { line: 0, column: 0 };
    return `${line}:${column}`;
  };

  test('is that of the value, or of its key', () => {
    expect(place(['a', 0, 'c', 1, 'd'])).toBe('3:16');
    expect(place(['a', 0, 'c', 1, 'd'], 'key')).toBe('3:13');
    expect(place([])).toBe('1:1');
  });

  test('is as near as there is something', () => {
    expect(place(['a', 0, 'c', 7])).toBe('3:8');
    expect(place(['a', 5, 'b'])).toBe('2:3');
    expect(place(['x', 'y'])).toBe('1:1');
    expect(place(['n', 'b'])).toBe('6:4');
  });
});

describe('a mapping that is a key', () => {
  test.each([
    ['domain: {{ DOMAIN }}\n', '1:9'],
    ['a: 1\nb:\n  - { { NAME }: c }\n', '3:5'],
    ['? {a: b}\n: c\n', '1:1'],
  ])('is no YAML that kubectl and helm read: %j', (text, place) => {
    const { documents, problems } = read(text);
    expect(documents).toEqual([]);
    expect(problems.map((problem) => `${problem.place?.line}:${problem.place?.column}`)).toEqual([place]);
  });

  test.each(["domain: '{{ DOMAIN }}'\n", 'a: {b: {c: d}}\n', '"{b}": c\n'])('is not in %j', (text) => {
    expect(read(text).problems).toEqual([]);
  });
});
