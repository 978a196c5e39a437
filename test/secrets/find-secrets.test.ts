import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findSecrets, isSimpleName, secretsInText } from '../../lib/secrets/find-secrets.ts';
import { maskSecrets } from '../../lib/secrets/mask-secrets.ts';
import { tries } from '../support/tries.ts';
import { guises } from './support/guises.ts';
import { ordinaryValues } from './support/ordinary-values.ts';

const shown = (text: string): string => JSON.stringify(text).slice(0, 90);

test('the tables are as long as they promise', () => {
  expect([guises.length >= 120, ordinaryValues.length >= 120]).toEqual([true, true]);
});

describe('a secret is found once, and masked', () => {
  test.each(guises.map((guise) => [guise.what, guise.name, shown(guise.text), guise] as const))(
    '%s: %s: %s',
    (what, name, _, { text, secret }) => {
      expect(findSecrets(text, name).map((found) => found.what)).toEqual([what]);
      const masked = maskSecrets(text, name);
      expect(masked).not.toContain(secret);
      expect(masked.split('\n').map(({ length }) => length)).toEqual(text.split('\n').map(({ length }) => length));
    },
  );
});

const partsOfNames = constantFrom(
  ...['password', 'PASSWORD', 'token', 'secret', 'api-key', 'AUTH_', 'sig', 'identified', 'curl', 'ENV', 'login'],
  ...[
    'requirepass',
    'MIIAAAIBAA',
    'MHcCAQEEI',
    'b3BlbnNzaC1rZXktdjE',
    'bearer',
    'AKIA',
    'ghp_',
    'eyJ',
    '--',
    '/',
    '//',
    '..',
    '=',
  ],
);

test('a text that is taken for a simple name holds no secret', () => {
  const texts = array(oneof(partsOfNames, string({ maxLength: 12 })), { maxLength: 5 }).map((parts) => parts.join(''));
  const shortestKey = `MHcCAQEEI${'/abcdefghi'.repeat(3)}`;
  expect(secretsInText(shortestKey).map(({ what }) => what)).toEqual(['a private key']);
  const known = [...guises.map(({ text }) => text), ...ordinaryValues.map(([, text]) => text), shortestKey];
  for (const text of known) {
    expect(isSimpleName(text) ? secretsInText(text) : []).toEqual([]);
  }
  assert(
    property(texts, (text) => {
      expect(isSimpleName(text) ? secretsInText(text) : []).toEqual([]);
    }),
    tries(5000),
  );
});

describe('an ordinary value is left alone', () => {
  test.each(ordinaryValues.map(([name, text]) => [name, shown(text), text] as const))('%s: %s', (name, _, text) => {
    expect(findSecrets(text, name)).toEqual([]);
    expect(maskSecrets(text, name)).toBe(text);
  });
});

test.each([
  ['postgresql://shop:', 'hunter2', '@db/shop'],
  ['host=db password=', 'hunter2', ' dbname=shop'],
  ['{"user":"shop","password":"', 'hunter2', '","port":5432}'],
  ['Authorization: Bearer ', 'a1b2c3d4e5f6', ''],
  ["ALTER ROLE shop PASSWORD '", 'hunter2', "' VALID UNTIL 'infinity'"],
  ['db:\n  password: ', 'hunter2', '  # soon\n  port: 5432'],
  ['curl -u shop:', 'hunter2', ' https://example.com'],
])('no more than the secret is masked: %s%s%s', (before, secret, after) => {
  expect(maskSecrets(before + secret + after)).toBe(before + '*'.repeat(secret.length) + after);
});

test('several secrets of a text are found in its order', () => {
  const text = 'user=shop password=hunter2 token=a1b2c3 url=redis://:s3cret@redis';
  const found = findSecrets(text);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(['hunter2', 'a1b2c3', 's3cret']);
});

test('whatever stands around a secret, it is masked', () => {
  const separators = constantFrom(' ', '\n', ', ', '; ', '\t', '" "');
  assert(
    property(string(), separators, string(), (before, separator, after) => {
      const text = `${before}\npassword=hunter2-x9${separator}${after}`;
      expect(maskSecrets(text)).not.toContain('hunter2-x9');
    }),
  );
});

test('a masked text has nothing left to mask', () => {
  assert(
    property(constantFrom(...guises), ({ name, text }) => {
      const masked = maskSecrets(text, name);
      expect(maskSecrets(masked, name)).toBe(masked);
    }),
  );
});
