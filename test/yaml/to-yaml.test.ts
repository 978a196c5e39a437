import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { inBlockStyle } from '../../lib/yaml/block-style.ts';
import { toYaml, writtenByLibrary } from '../../lib/yaml/to-yaml.ts';
import { tries } from '../support/tries.ts';
import { documents, unusualTexts } from './arbitrary-documents.ts';

const words =
  'no y N on off true Null ~ null NaN .inf -.INF = << --- ... 1e3 0x1F 0o17 017 0b1 12:30 1_000 2001-01-01 1.0 .5 +1';
const tricky = fc.constantFrom(
  ...words.split(' '),
  '',
  ' a ',
  'a: b',
  '- a',
  '#a',
  '"',
  "'",
  '%',
  '@',
  '!a',
  '&a',
  '*a',
);
const special = fc.constantFrom(
  'a\nb',
  '\n',
  ' \n',
  '  \n\n',
  '\n \n',
  ' \n a',
  'a\n',
  '\t',
  '\r\n',
  '\u0085',
  '\u2028',
  '\ufeff',
);
const numberLike = fc.stringMatching(/^[-+0-9._:eExXobainfTZ]{1,10}$/);

test('text stays the same text whichever version of YAML reads it', () => {
  fc.assert(
    fc.property(fc.oneof(tricky, special, numberLike, fc.string({ unit: 'binary' })), (text) => {
      const yaml = toYaml({ text, list: [text] });
      for (const version of ['1.1', '1.2'] as const) {
        expect(parse(yaml, { version })).toEqual({ text, list: [text] });
      }
    }),
    tries(3000),
  );
});

/** Readers in Go refuse a whole file for one of these. */
const unprintable = /[^\t\n\r -~\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

test('no character stands in the file that YAML does not allow there', () => {
  const control = fc.integer({ min: 1, max: 0x9f }).map((code) => String.fromCharCode(code));
  const characters = fc.array(fc.oneof(control, fc.constantFrom('\ufffe', '\uffff', '\n', 'a', ': ')), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(characters, (list) => {
      const text = list.join('');
      const yaml = toYaml({ text, [text]: [text] });
      expect(yaml).not.toMatch(unprintable);
      expect(parse(yaml)).toEqual({ text, [text]: [text] });
    }),
    tries(1000),
  );
});

test('a long value stays on one line', () => {
  expect(toYaml({ value: 'word '.repeat(100).trim() }).split('\n')).toHaveLength(2);
});

test.each([
  ['\u0085', '"\\N"'],
  ['a\u2028b', '"a\\Lb"'],
  ['a\nb\u2029', '"a\\nb\\P"'],
  ['\ufeff', '"\\uFEFF"'],
  ['=', '"="'],
  ['a\u0007\n', '"a\\a\\n"'],
  ['\u009b', '"\\u009B"'],
])('what only older parsers give another meaning is quoted: %j', (value, written) => {
  expect(toYaml({ value, list: [value] })).toBe(`value: ${written}\nlist:\n  - ${written}\n`);
});

test('a document is written as the library writes it', () => {
  fc.assert(
    fc.property(documents, (document) => {
      expect(toYaml(document)).toBe(writtenByLibrary(document));
    }),
    tries(2_000),
  );
});

test.each(unusualTexts)(
  'a text that YAML may read otherwise is written as the library writes it, wherever it stands: %j',
  (text) => {
    for (const document of [{ [text]: text }, [text, [text]], { a: { [text]: [text, { b: text }] } }]) {
      expect(toYaml(document)).toBe(writtenByLibrary(document));
    }
  },
);

test('what only the whole document shows is left to the library', () => {
  const unknown = () => undefined;
  for (const document of [
    'text',
    { a: new Date(0) },
    { a: { toJSON: () => 1 } },
    [undefined],
    { ['k'.repeat(501)]: 1 },
  ]) {
    expect(inBlockStyle(document, unknown)).toBeUndefined();
  }
});

test('a manifest with a text that is not surely a plain scalar asks for that text alone', () => {
  const asked: unknown[] = [];
  const manifest = { kind: 'Service', spec: { ports: [{ port: 80, name: 'http' }], clusterIP: 'None', x: 'yes' } };
  const text = inBlockStyle(manifest, (scalar) => {
    asked.push(scalar);
    return '"yes"';
  });
  expect([asked, text]).toEqual([['yes'], writtenByLibrary(manifest)]);
});

test.each([
  '-Xmx256m -XX:+UseG1GC',
  'a?b=c&d=%20',
  'a: b',
  '{"a": [1]}',
  '*/5 * * * *',
  '[a]',
  'a #b',
  '',
  'true',
  '1.0',
  '1.0.0',
  '10.0.0.12',
  '--username',
  '--enable-x=1',
])('a usual text is written without the library: %j', (text) => {
  expect(inBlockStyle([text], () => undefined)).toBe(writtenByLibrary([text]));
});
