import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../../lib/config/schema/system.ts';
import { minimal } from '../minimal.ts';
import { systemFile } from '../system-file.ts';

const { check } = systemFile();

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(configJsonSchema());

/** What an editor, which reads YAML with the core schema, complains of. */
function complaints(text: string): string[] {
  validate(parse(text, { schema: 'core' }));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

test('the committed file is what the definition generates: npm run generate:schema', () => {
  expect(readFileSync('schema/config.schema.json', 'utf8')).toBe(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
});

test('the example names the schema and is valid by it', () => {
  const example = readFileSync('config/dataprime-demo.yaml', 'utf8');
  expect(example.split('\n')[0]).toBe('# yaml-language-server: $schema=../schema/config.schema.json');
  expect(complaints(example)).toEqual([]);
  expect(complaints(minimal)).toEqual([]);
});

test('it explains keys and refuses unknown ones, as an editor shows them', () => {
  expect(JSON.stringify(configJsonSchema())).toContain('Domain of the Coralogix region');
  expect(complaints(minimal.replace('port: 8081', 'port: "eighty"\n    prot: 1'))).toEqual([
    '/services/1 must NOT have additional properties',
    '/services/1/port must be integer',
  ]);
});

test.each(['true', '1e3', '~', 'null', '""'])('a variable may be %s', (scalar) => {
  expect(complaints(minimal.replace('fast', scalar))).toEqual([]);
});

test('what is loaded without a problem is valid in an editor too, numbers without quotes included', () => {
  const places = [
    'LOG_LEVEL: info',
    'clusterName: shop',
    'domain: eu2.coralogix.com',
    'port: 8081',
    'MODE: fast',
    'replicas: 1',
    'cpu: 50m',
    'memory: 64Mi',
    'image: web:latest',
    'size: 1Gi } }',
    'database: shop',
    'path: /,',
    'enabled: true',
  ];
  const scalars = [
    '0',
    '1',
    '1.0',
    '0.25',
    '1e3',
    '0x1F',
    '2001-01-01',
    'no',
    '12:30',
    '1Gi',
    '8080',
    '/api',
    'a.b',
    'shop',
    '512Mi',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.constantFrom(...scalars), (place, scalar) => {
      const [key] = place.split(':');
      const rest = place.endsWith(' } }') ? ' } }' : place.endsWith(',') ? ',' : '';
      const text = minimal.replace(place, `${key}: ${scalar}${rest}`);
      fc.pre(check(text).length === 0);
      expect([text, complaints(text)]).toEqual([text, []]);
    }),
    { numRuns: 120 },
  );
});
