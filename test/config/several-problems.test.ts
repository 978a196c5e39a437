import { expect, test } from 'vitest';
import { loadSystem } from '../../lib/config/load-system.ts';
import { PodhostError } from '../../lib/problems/podhost-error.ts';
import { changed } from './broken/broken-config.ts';
import { placeAndCode, systemFile } from './system-file.ts';

const { file, check } = systemFile();

/** Expects every problem at its mark, in the order of the file. */
function expectAtMarks(change: Readonly<Record<string, string>>, codes: readonly string[]): void {
  const { text, places } = changed(change);
  expect(check(text).map(placeAndCode)).toEqual(codes.map((code, index) => `${places[index]} config/${code}`));
}

test('problems of the shape and of the rules come in one run, in the order of the file', () => {
  expectAtMarks(
    {
      'namespace: shop\n': 'namespace: «Shop\n',
      'domain: eu2.coralogix.com': 'domain: «EU2',
      'datastore: redis': 'datastore: «rediss',
      '8080': '«80800',
      'cpu: 50m': 'cpu: «1',
      'port: 8081': 'port: 8081\n    «prot: 1\n    nodePort: «30010',
      'type: redis': 'type: «reddis\n    «imag: redis:7',
      '{ secretName: shop-tls }': '«{}',
    },
    [
      'invalid-value',
      'valid-domain',
      'valid-reference',
      'invalid-value',
      'no-request-above-limit',
      'unknown-key',
      'unique-node-port',
      'invalid-value',
      'unknown-key',
      'require-one-certificate-source',
    ],
  );
});

test('several problems of one value are told apart', () => {
  expectAtMarks({ 'size: 1Gi } }': '«sice: 1Gi, «sze: 2Gi } }' }, ['unknown-key', 'unknown-key']);
});

test('loadSystem throws them all, as bad input', () => {
  check(changed({ '8080': 'x', '8081': 'y' }).text);
  try {
    loadSystem(file);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(PodhostError);
    expect(error).toMatchObject({ exitStatus: 2, code: 'config/invalid-value', problems: [{}, {}] });
  }
});

test.each<[string, Record<string, string>, string[]]>([
  ['a misspelt required key is not missing as well', { 'clusterName:': '«clusterNam:' }, ['unknown-key']],
  ['what a misspelt section holds is not missing as well', { 'secret:\n': '«secert:\n' }, ['unknown-key']],
  [
    'a reference to a name that is malformed is not unknown as well',
    { '- name: web': '- name: «WEB' },
    ['invalid-value'],
  ],
  [
    'references into a list of the wrong type are not unknown as well',
    { '[DB_PASSWORD, API_KEY]': '«API_KEY' },
    ['wrong-type'],
  ],
  ['a reference to a malformed key is not unknown as well', { 'LOG_LEVEL: info': '«LOG-LEVEL: info' }, ['invalid-key']],
  ['a malformed quantity is not compared', { 'memory: 64Mi': 'memory: «64 gigs' }, ['invalid-value']],
  [
    'two malformed names are not repeated as well',
    { '- name: api': '- name: «Api', '- name: web': '- name: «Api', 'service: web': 'service: «web' },
    ['invalid-value', 'invalid-value', 'valid-reference'],
  ],
  ['a datastore without a name has no other problem', { '- name: redis\n    type': '- «type' }, ['missing-key']],
  [
    'the name of a Secret where a mapping belongs is no secret',
    { 'secret:\n  name: shop-secrets\n  keys: [DB_PASSWORD, API_KEY]\n': 'secret: «shop-secrets\n' },
    ['wrong-type'],
  ],
  [
    'a malformed namespace of the collector is not taken for the default one',
    { 'namespace: shop': 'namespace: coralogix', 'namespace: coralogix\n  span': 'namespace: «[coralogix]\n  span' },
    ['wrong-type'],
  ],
  [
    'a misspelt source of the certificate is not missing as well',
    { '{ secretName: shop-tls }': '{ «secretname: shop-tls }' },
    ['unknown-key'],
  ],
  [
    'an unknown source of the certificate is not a second one as well',
    { '{ secretName: shop-tls }': '{ secretName: shop-tls, «vault: x }' },
    ['unknown-key'],
  ],
  [
    'malformed names of variables are not one variable twice as well',
    { '[LOG_LEVEL]': '[«log-level, «log-level]' },
    ['invalid-value', 'invalid-value'],
  ],
  [
    'a variable that every container has is not there twice as well',
    { '[LOG_LEVEL]': '[«CX_DOMAIN, «CX_DOMAIN]' },
    ['no-provided-variable', 'no-provided-variable'],
  ],
  [
    'a list among the SQL files is not looked for',
    { 'database: shop': 'database: shop\n    initSql: [«[schema.sql]]' },
    ['wrong-type'],
  ],
  [
    'a type like none there is says nothing of the rest',
    { 'type: redis\n': 'type: «kafka\n    topics: 3\n' },
    ['invalid-value'],
  ],
  [
    'a missing section has one problem',
    {
      'configMap:\n  name: shop-config\n  data:\n    LOG_LEVEL: info\n    REDIS_URL: { datastore: redis }\n    API_URL: { service: api }\n':
        '',
      'name: shop\nnamespace': '«name: shop\nnamespace',
    },
    ['missing-key'],
  ],
])('%s', (_, change, codes) => {
  expectAtMarks(change, codes);
});
