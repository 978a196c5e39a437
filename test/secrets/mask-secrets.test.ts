import { expect, test } from 'vitest';
import { maskSecrets } from '../../lib/secrets/mask-secrets.ts';

test.each([
  ['    DB_PASSWORD: hunter2', '    DB_PASSWORD: *******'],
  ['    DB_PASSWORD: "hunter 2"  # soon', '    DB_PASSWORD: "********"  # soon'],
  ['env: { API_KEY: abc, MODE: fast, TOKEN: "x" }', 'env: { API_KEY: ***, MODE: fast, TOKEN: "*" }'],
  ['env: { API_KEY: [abc, d], KEYS: [{ TOKEN: x }] }', 'env: { API_KEY: [******], KEYS: [{ TOKEN: * }] }'],
  ['- sk-abcdefghijklmnop1234', '- ***********************'],
  ['url: postgresql://shop:hunter2@db/shop', 'url: postgresql://shop:*******@db/shop'],
  ['  DB_PASSWORD = hunter2', '  DB_PASSWORD = *******'],
  ['ERROR: password: hunter2', 'ERROR: password: *******'],
  ['password: häs\ud83d\ude00ß # two units each', 'password: ****** # two units each'],
  ['- name: DB_PASSWORD\r\n  value: hunter2\r\n', '- name: DB_PASSWORD\r\n  value: *******\r\n'],
  ['key: |\n  a\npassword: |\n  hunter2\n  more\nport: 1', 'key: |\n  a\npassword: |\n  *******\n******\nport: 1'],
])('%j', (text, masked) => {
  expect(maskSecrets(text)).toBe(masked);
});

test.each(['RSaaa0AAA', 'AesA0000', 'tBd^AA0', 'TBd!0AA0', 'ssm+*0aa', 'pUt_00a0'])(
  'a password that begins as a name of an algorithm, a placeholder or a vault does stays hidden: %s',
  (password) => {
    expect(maskSecrets(password, 'DB_PASSWORD')).toBe('*'.repeat(password.length));
  },
);

test.each([
  'scram-sha-256',
  'RS256',
  'aes-256-gcm',
  'AES256-CTS-HMAC-SHA1-96',
  'rsa-oaep-256',
  'TODO: set',
  'to-do',
  'your-api-key-here',
  'enter password here',
  'vault:secret/data/db#password',
  'ref+awsssm://db/password',
])('what says how or where a password is kept is shown: %s', (value) => {
  expect(maskSecrets(value, 'DB_PASSWORD')).toBe(value);
});

test('a value is masked by the name that it has elsewhere', () => {
  expect([maskSecrets('hunter2', 'DB_PASSWORD'), maskSecrets('hunter2', 'MODE')]).toEqual(['*******', 'hunter2']);
});

test.each(['  port: 8080', 'image: registry.example.com/api:1.0.0', '- { path: /, service: web }', ''])(
  'a line without a secret stays as it is: %j',
  (line) => {
    expect(maskSecrets(line)).toBe(line);
  },
);
