import { expect, test } from 'vitest';
import { controlCharacter, unstorableCharacter } from '../../lib/text/characters.ts';

test.each([
  ['', undefined, undefined],
  ['é 😀 \u2028', undefined, undefined],
  ['a\0b', 'U+0000', 'U+0000'],
  ['a\u0007\0', 'U+0000', 'U+0007'],
  ['\t\n\u001b', undefined, 'U+0009'],
  ['\u009b\u007f', 'U+009B', 'U+009B'],
  ['a\uffff', 'U+FFFF', 'U+FFFF'],
  ['a\ud800b', 'U+D800', 'U+D800'],
  ['\udc00\ud83d', 'U+DC00', 'U+DC00'],
])('the characters of %j', (text, unstorable, control) => {
  expect([unstorableCharacter(text), controlCharacter(text)]).toEqual([unstorable, control]);
});

test('control characters and halves of surrogate pairs are those of Unicode', () => {
  const all = Array.from({ length: 0x11_0000 }, (_, code) => String.fromCodePoint(code));
  const control = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;
  expect(all.filter((character) => (controlCharacter(character) !== undefined) !== control.test(character))).toEqual(
    [],
  );
  const unstorable = /[\0\u007f-\u009f\p{Cs}\ufffe\uffff]/u;
  expect(
    all.filter((character) => (unstorableCharacter(character) !== undefined) !== unstorable.test(character)),
  ).toEqual([]);
});
