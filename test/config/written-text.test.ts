import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { unstorableCharacter } from '../../lib/text/characters.ts';
import { minimal } from './minimal.ts';
import { systemFile } from './system-file.ts';

const { load } = systemFile();

const dataOf = (text: string): unknown => load(text).config.configMap.data;

const withValue = (key: string, scalar: string): string =>
  minimal.replace('LOG_LEVEL: info', () => `LOG_LEVEL: info\n    ${key}: ${scalar}`);

/** Read as something else than text by YAML 1.1, 1.2 or both. */
const treacherous = [
  'no',
  'Yes',
  'on',
  'OFF',
  'y',
  'true',
  'False',
  '~',
  'null',
  'NULL',
  '1e3',
  '1E+3',
  '0x1F',
  '0o17',
  '017',
  '0b101',
  '12:30',
  '190:20:30',
  '1_000',
  '1,000',
  '.5',
  '5.',
  '+1',
  '-0',
  '.inf',
  '-.INF',
  '.NaN',
  '2001-01-01',
  '2001-12-14t21:59:43.10-05:00',
  '=',
  '<<',
  '1.0',
  '1.10',
  '0.1e-7',
  '12345678901234567890',
  'N',
  'nul',
  '-',
  '?x',
  ':x',
  'a#b',
  'a:b',
  '%41'.slice(1),
];

/** One line of text that YAML lets stand without quotes, judged without a YAML parser. */
const isPlain = (text: string): boolean =>
  /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|[-?:](?=\S))/.test(text) && !/:(\s|$)|\s#|\s$|^(---|\.\.\.)/.test(text);

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** What cannot reach a pod is refused. */
const text = fc
  .oneof(
    fc.constantFrom(...treacherous),
    fc.string({ maxLength: 15 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.stringMatching(/^[-+.:_0-9a-fxeTZ~]{1,12}$/),
  )
  .filter((value) => unstorableCharacter(value) === undefined);

/** What YAML lets stand in a file at all. */
const isPrintable = (value: string): boolean => !/[\p{Cc}\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u.test(value);

/** Every way to write a text as a value. */
const waysToWrite = (value: string): Record<string, string> => ({
  DOUBLE: doubleQuoted(value),
  ...(isPrintable(value) ? { SINGLE: singleQuoted(value) } : {}),
  ...(isPrintable(value) && isPlain(value) ? { PLAIN: value } : {}),
});

function expectAsWritten(value: string, directive: string): void {
  const ways = Object.entries(waysToWrite(value));
  const lines = ways.map(([key, scalar]) => `    ${key}: ${scalar}\n`).join('');
  const data = dataOf(directive + minimal.replace('    LOG_LEVEL: info\n', () => `    LOG_LEVEL: info\n${lines}`));
  expect(data).toMatchObject(Object.fromEntries(ways.map(([key]) => [key, value])));
}

describe.each(['', '%YAML 1.1\n---\n', '%YAML 1.2\n---\n'])(
  'a value arrives as the text that was written, %j before it',
  (directive) => {
    test.each(treacherous)('%s without quotes and in either quotes', (value) => {
      expectAsWritten(value, directive);
    });

    test('any text is read as it is written', () => {
      fc.assert(
        fc.property(text, (value) => expectAsWritten(value, directive)),
        { numRuns: 80 },
      );
    });
  },
);

test('a key with nothing behind it is an empty text', () => {
  expect(dataOf(withValue('EMPTY', ''))).toMatchObject({ EMPTY: '' });
});

test('a block of lines arrives with its line ends', () => {
  expect(dataOf(withValue('BLOCK', '|\n      no\n      1e3'))).toMatchObject({ BLOCK: 'no\n1e3\n' });
  expect(dataOf(withValue('BLOCK', '|\n      no\n      1e3').replaceAll('\n', '\r\n'))).toMatchObject({
    BLOCK: 'no\n1e3\n',
  });
});

test('policies alone keep the types of YAML, which the collector reads', () => {
  const policies = `[{ name: slow, type: latency, latency: { threshold_ms: 500, text: "500", on: true, off: no, hex: 0x1F } }]`;
  const { config } = load(minimal.replace('enabled: true', `policies: ${policies}`));
  expect(config.collector.loadBalancing.policies).toEqual(parse(policies, { schema: 'core' }));
  expect(config.collector.loadBalancing.policies[0]).toMatchObject({
    latency: { threshold_ms: 500, text: '500', on: true, off: 'no', hex: 31 },
  });
});

test('policies behind an alias keep their types too', () => {
  const { config } = load(
    minimal.replace(
      'enabled: true',
      'policies:\n      - &one { name: one, type: latency, latency: &slow { threshold_ms: 5 } }\n      - { name: two, type: latency, latency: *slow }',
    ),
  );
  expect(config.collector.loadBalancing.policies[1]).toEqual({
    name: 'two',
    type: 'latency',
    latency: { threshold_ms: 5 },
  });
});
