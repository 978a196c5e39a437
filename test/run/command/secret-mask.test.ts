import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { SecretMask } from '../../../lib/run/command/secret-mask.ts';

const names = ['API_KEY', 'OTHER_KEY'];

test('no form of a secret is left in a text', () => {
  assert(
    property(string({ minLength: 6 }), string(), string(), (value, before, after) => {
      const mask = new SecretMask({ names, environment: { API_KEY: value } });
      const base64 = Buffer.from(value).toString('base64');
      const hidden = mask.hide([before, value, base64, JSON.stringify({ value }), after].join('\n'));
      expect(hidden.includes(base64) || (hidden.includes(value) && !'***API_KEY***\n'.includes(value))).toBe(false);
    }),
  );
});

test.each([
  ['in a URL', encodeURIComponent],
  ['in a form', (value: string) => new URLSearchParams({ value }).toString()],
  ['between the quotes of a shell', (value: string) => value.replaceAll("'", String.raw`'\''`)],
  ['in base64 of URLs', (value: string) => Buffer.from(value).toString('base64url')],
  ['after one character in base64', (value: string) => Buffer.from(`:${value}`).toString('base64')],
  ['after two characters in base64', (value: string) => Buffer.from(`a:${value}`).toString('base64')],
  [
    'in the base64 of a file',
    (value: string) => Buffer.from(`user: shop\npassword: ${value}\nport: 1\n`).toString('base64'),
  ],
])('a secret is hidden %s', (_, encode) => {
  const value = "p@ss w0rd/+it's?a-long>one";
  const mask = new SecretMask({ names, environment: { API_KEY: value } });
  const hidden = mask.hide(encode(value));
  expect(hidden).toContain('***API_KEY***');
  // What is left of base64 is no more than the bytes that share characters with others.
  expect(Buffer.from(hidden.replaceAll('***API_KEY***', ''), 'base64').toString('latin1')).not.toMatch(/w0rd|long/);
});

test('a key of several lines is hidden line by line', () => {
  const value = '-----BEGIN KEY-----\nabcdefghijklmnopqrstuvwx\n-----END KEY-----';
  const mask = new SecretMask({ names, environment: { API_KEY: value } });
  expect(mask.hide('  key: |\n    abcdefghijklmnopqrstuvwx\n')).toBe('  key: |\n    ***API_KEY***\n');
});

test('a secret is hidden by its own name, also when it contains another', () => {
  const mask = new SecretMask({ names, environment: { API_KEY: 'abcdefgh', OTHER_KEY: 'xxabcdefghxx' } });
  expect(mask.hide('key abcdefgh, other xxabcdefghxx')).toBe('key ***API_KEY***, other ***OTHER_KEY***');
});

test('JSON stays JSON', () => {
  const mask = new SecretMask({ names, environment: { API_KEY: 'a"b\\c\td' } });
  expect(JSON.parse(mask.hide(JSON.stringify({ key: 'a"b\\c\td' })))).toEqual({ key: '***API_KEY***' });
});

test('a value that stands in the manifests anyway is not hidden, but its base64 is', () => {
  const mask = new SecretMask({
    names,
    environment: { API_KEY: 'postgres' },
    isPublic: (value) => value === 'postgres',
  });
  const base64 = Buffer.from('postgres').toString('base64');
  expect(mask.hide(`image postgres:15, ${base64}`)).toBe('image postgres:15, ***API_KEY***');
});

test('short and unset values hide nothing', () => {
  const mask = new SecretMask({ names, environment: { API_KEY: '1' } });
  expect(mask.hide('port 8011 of 1')).toBe('port 8011 of 1');
});

test('commands do not inherit secrets', () => {
  const mask = new SecretMask({ names, environment: {} });
  expect(mask.without({ PATH: '/bin', API_KEY: 'abcdefgh' })).toEqual({ PATH: '/bin' });
});

test('a value that is set later is hidden from then on', () => {
  const environment: NodeJS.ProcessEnv = {};
  const mask = new SecretMask({ names, environment });
  environment['API_KEY'] = 'abcdefgh';
  expect([mask.hide('abcdefgh'), mask.lines(names)]).toEqual(['***API_KEY***', 'API_KEY=abcdefgh\nOTHER_KEY=\n']);
});

test('whether a value stands in the manifests is looked up once, however many lines there are', () => {
  let looks = 0;
  const isPublic = () => {
    looks += 1;
    return false;
  };
  const mask = new SecretMask({ names, environment: { API_KEY: 'abcdefgh' }, isPublic });
  expect(mask.hide('abcdefgh') + mask.hide('abcdefgh')).toBe('***API_KEY******API_KEY***');
  expect(looks).toBe(1);
});
