import { expect, test } from 'vitest';
import { maskSecrets } from '../../lib/secrets/mask-secrets.ts';

test.each([
  ['    DB_PASSWORD: hunter2', '    DB_PASSWORD: *******'],
  ['    DB_PASSWORD: "hunter 2"  # soon', '    DB_PASSWORD: **********  # soon'],
  ['env: { API_KEY: abc, MODE: fast, TOKEN: "x" }', 'env: { API_KEY: ***, MODE: fast, TOKEN: *** }'],
  ['env: { API_KEY: [abc, d], KEYS: [{ TOKEN: x }] }', 'env: { API_KEY: ********, KEYS: [{ TOKEN: * }] }'],
  ['- sk-abcdefghijklmnop1234', '- ***********************'],
  ['url: postgresql://shop:hunter2@db/shop', `url: ${'*'.repeat(33)}`],
  ['  DB_PASSWORD = hunter2', '  DB_PASSWORD = *******'],
  ['ERROR: password: hunter2', 'ERROR: password: *******'],
])('%s', (line, masked) => {
  expect(maskSecrets(line)).toBe(masked);
});

test.each(['  port: 8080', 'image: registry.example.com/api:1.0.0', '- { path: /, service: web }', ''])(
  'a line without a secret stays as it is: %j',
  (line) => {
    expect(maskSecrets(line)).toBe(line);
  },
);
