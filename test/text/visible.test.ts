import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visible, visibleJson, visibleLine } from '../../lib/text/visible.ts';
import { expectHarmless, hostile, hostileNames } from '../support/hostile.ts';

describe('a value', () => {
  test.each([
    ['\u001b[2J', '\\u001b[2J'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u009b\u202e\u2028\ufeff\ufffe', '\\u009b\\u202e\\u2028\\ufeff\\ufffe'],
    ['\u{e0041} \u{1fffe}', '\\u{e0041} \\u{1fffe}'],
    ['\ud800x', '\\ud800x'],
    ['##[add-mask]x ###vso[y] ##teamcity[z]', '#\\u0023[add-mask]x ##\\u0023vso[y] #\\u0023teamcity[z]'],
    ['a\\nb \\u001b \\u{e0041}', 'a\\\\nb \\\\u001b \\\\u{e0041}'],
    ['\\\n', '\\\\\\n'],
  ])('%j is seen as %s', (value, seen) => {
    expect(visible(value)).toBe(seen);
  });

  test.each(['', 'api', 'C:\\dist \\d+ \\', '日本 é 👍 שלום', '## [a] #[b]', 'a :: b', '::1', '\u00a0'])(
    '%j stays as it is',
    (value) => {
      expect(visible(value)).toBe(value);
    },
  );

  test('can be read back, so that distinct values are seen as distinct', () => {
    fc.assert(
      fc.property(hostileNames, (value) => {
        expect(readBack(visible(value))).toBe(value);
      }),
      { numRuns: 300 },
    );
  });

  test('that is clean stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        const clean = text.replaceAll('\\', '/');
        expect(visible(clean)).toBe(clean);
      }),
    );
  });
});

test('text of ASCII and bars is as its characters are, one by one', () => {
  const character = fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code));
  const text = fc.array(fc.oneof(character, fc.constantFrom('█', '▏', '▟'))).map((characters) => characters.join(''));
  fc.assert(
    fc.property(text, (value) => {
      fc.pre(!/##|\\|^\s*::/.test(value));
      expect(visible(value)).toBe(Array.from(value, (each) => visible(each)).join(''));
      expect(visibleLine(value)).toBe(visible(value));
      expectHarmless(visibleLine(value));
    }),
  );
});

describe('a line', () => {
  test('keeps its backslashes, and begins with no command', () => {
    expect(visibleLine(String.raw`run: printf '%s\n' \u001b`)).toBe(String.raw`run: printf '%s\n' \u001b`);
    expect(visibleLine('  ::add-mask::x')).toBe('  \\u003a:add-mask::x');
    expect(visibleLine('write: a\n::add-mask::x')).toBe('write: a\\n::add-mask::x');
  });

  test('is harmless, and made visible once', () => {
    fc.assert(
      fc.property(hostileNames, (text) => {
        const line = visibleLine(text);
        expectHarmless(line);
        expect(line).not.toContain('\n');
        expect(visibleLine(line)).toBe(line);
      }),
      { numRuns: 300 },
    );
  });
});

describe('JSON', () => {
  test('is harmless, and read as what it was made of', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileNames, hostileNames), (value) => {
        const json = visibleJson(value);
        expectHarmless(json);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });
});

test.each([
  ['# a #b [c] #', '# a #b [c] #'],
  ['# ##[c] #', '# #\\u0023[c] #'],
  ['a ###', 'a ###'],
])('the line %j is shown as %s', (line, seen) => {
  expect(visibleLine(line)).toBe(seen);
});

test.each(Object.entries(hostile))('a name that %s is harmless in every form', (_, name) => {
  for (const text of [visible(name), visibleLine(name), visibleJson({ name })]) {
    expectHarmless(text.replace(/^\s*::/, ''));
  }
});

/** What was made visible; backslashes before an escape are doubled, and the odd one is its own. */
const readBack = (seen: string): string =>
  seen.replace(/(\\+)([nrt]|u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\})/g, (_, backslashes: string, name: string) => {
    const half = '\\'.repeat(Math.floor(backslashes.length / 2));
    return half + (backslashes.length % 2 === 0 ? name : characterOf(name));
  });

const shortEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

const characterOf = (name: string): string =>
  shortEscapes[name] ?? String.fromCodePoint(Number.parseInt(name.replace(/[u{}]/g, ''), 16));
