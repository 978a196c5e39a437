import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { collectorYamlSchema, kubernetesSchema } from '../../lib/yaml/schema.ts';

// Every expectation here is what Helm 3.19 has in `.Values` for the same text.
describe('what kubectl and helm read', () => {
  test.each([
    ['yes', true],
    ['On', true],
    ['TRUE', true],
    ['y', true],
    ['no', false],
    ['Off', false],
    ['N', false],
    ['yEs', 'yEs'],
    ['"yes"', 'yes'],
    ['012', 10],
    ['0777', 511],
    ['089', 89],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b11', 3],
    ['1_000', 1000],
    ['+1', 1],
    ['-7', -7],
    ['0', 0],
    ['1e3', 1000],
    ['.5', 0.5],
    ['2001-01-01', '2001-01-01'],
    ['1:30', '1:30'],
    ['=', '='],
    ['~', null],
  ])('%s is %j', (text, value) => {
    expect(load(text, { schema: kubernetesSchema })).toEqual(value);
  });

  test('has merge keys', () => {
    expect(load('a: &a {x: 1}\nb: {<<: *a, z: 2}', { schema: kubernetesSchema })).toMatchObject({ b: { x: 1, z: 2 } });
  });
});

test('a collector reads words as text', () => {
  expect(load('[yes, off, true]', { schema: collectorYamlSchema })).toEqual(['yes', 'off', true]);
});
