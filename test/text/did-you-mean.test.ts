import { expect, test } from 'vitest';
import { didYouMean, nearest, typoOf } from '../../lib/text/did-you-mean.ts';

const keys = ['name', 'namespace', 'nodePort', 'port', 'configKeys', 'secretKeys'];

test.each([
  ['nam', 'name'],
  ['node_port', 'nodePort'],
  ['NODEPORT', 'nodePort'],
  ['config-keys', 'configKeys'],
  ['secertKeys', 'secretKeys'],
  ['prt', 'port'],
  ['prto', 'port'],
  ['conf', 'configKeys'],
])('%s means %s', (written, meant) => {
  expect(didYouMean(written, keys)).toBe(meant);
});

test.each(['replicas', 'x', 'environment', ''])('%j means none of them', (written) => {
  expect(didYouMean(written, keys)).toBeUndefined();
});

test('names that are equally near are all told', () => {
  expect(nearest('eu9', ['eu1', 'eu2', 'us1'])).toEqual(['eu1', 'eu2']);
  expect(nearest('eu9', [])).toEqual([]);
});

test.each([
  ['shop-confg', ['shop-config', 'other']],
  ['shopConfig', ['shop-config']],
  ['SHOP_CONFIG', ['shop-config', 'stop-confit']],
])('%s is certainly one of %j', (written, names) => {
  expect(typoOf(written, names)).toBe(names[0]);
});

test.each([
  ['orders-config', ['users-config']],
  ['shop-config-2', ['shop-config-1']],
  ['shop-confi', ['shop-confit', 'shop-config']],
  ['db', ['dc']],
  ['shop-config', ['shop-config']],
])('%s is none of %j for certain', (written, names) => {
  expect(typoOf(written, names)).toBeUndefined();
});
