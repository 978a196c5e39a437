import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../lib/secrets/mask-secrets.ts';

/** What makes each pattern begin again and again, and never come to its end. */
const units: Readonly<Record<string, readonly string[]>> = {
  'nothing at all': ['a', ' ', '\n', '(', '"', "'", '=', '\\', '-', '.', '%', '$', '\u00e9', '\ud83d\ude00'],
  settings: [
    'a:',
    'password=',
    'password: ',
    'password:\n',
    'password: |\n',
    'password="',
    "password='",
    'password=\\"',
  ],
  'references in settings': ['password=$(', 'password=${', 'password={{', 'token=<', 'password=$a', '${a:-'],
  'lists and objects': ['password: [', 'password:{', '"password":{"value":"', 'key:\n  ', 'name: password\nvalue: '],
  arguments: ['--password ', '--password\n- ', '"--password","', 'getenv("password", "', 'curl ', 'curl -u a:'],
  markup: ['<password>', '<name>password</name>', '<property name="password"'],
  queries: ['?sig=', '&token=', 'https://a/?token='],
  SQL: ["PASSWORD '", 'PASSWORD $$', 'PASSWORD $a$', 'PASSWORD /*', 'PASSWORD --\n', 'create user identified by '],
  URLs: ['://', 'http://a:b', 'http://a:b/', 'u:p@tcp(', 'x@(', 'jdbc:oracle:thin:a/', ':\\/\\/'],
  headers: ['Bearer ', 'Bearer a', 'basic+', 'Authorization: '],
  'web tokens': ['eyJ-', 'eyJ', 'eyJa.', 'eyJaaaaaaaaaaa.'],
  'tokens of providers': [
    'sk-',
    'sk-a-',
    'xoxb-',
    'xoxb-a-',
    'ghp_',
    'SG.a.',
    'glc_',
    'hvs.',
    'dapi',
    'AKIA',
    'ops_ey',
    '1//0',
  ],
  webhooks: [
    'https://hooks.slack.com/services/',
    'https://a.webhook.office.com/',
    'https://a.logic.azure.com/workflows/',
  ],
  'private keys': [
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\nMIIE',
    'MIIE',
    'PuTTY-User-Key-File-1',
    '"kty" "d":"',
  ],
  'public keys': ['-----BEGIN CERTIFICATE-----', 'ssh-rsa AAAA', 'sha256-', 'ENC['],
  encodings: ['YWJj', 'cGFzc3dvcmQ9eA', '%41', 'password%3D', 'aB3', 'aB3/', 'aB3+', 'aB3-'],
};

/** Microseconds of CPU that masking takes. */
function cost(text: string): number {
  const before = process.cpuUsage();
  maskSecrets(text);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/**
 * Whether twice the text takes about twice the time: with a quadratic pattern it takes four times as long. What is quick
 * is not worth measuring, and whatever else the machine does makes a run longer, and none shorter.
 */
function isLinear(unit: string, size: number): boolean {
  const once = unit.repeat(size / unit.length);
  const twice = once + once;
  let [least, most] = [cost(once), cost(twice)];
  for (let run = 0; run < 4 && most > 3 * least + 20_000; run += 1) {
    least = Math.min(least, cost(once));
    most = Math.min(most, cost(twice));
  }
  return most <= 3 * least + 20_000;
}

describe('twice the text takes about twice the time', () => {
  test.each(Object.entries(units))('%s', (_, family) => {
    expect(family.filter((unit) => !isLinear(unit, 40_000))).toEqual([]);
  });

  test('lines of 200 KB', () => {
    const lines = ['a:', 'eyJ-', '(', '"', '=', 'password=', '://'];
    expect(lines.filter((unit) => !isLinear(unit, 100_000))).toEqual([]);
  });
});

test('a text nests as deep as it likes', () => {
  for (const unit of ['a:', 'a: ', 'password: a: ', '[', '{"a":', '((']) {
    expect(maskSecrets(unit.repeat(100_000))).toHaveLength(unit.length * 100_000);
  }
});
