import { expect, test } from 'vitest';
import { typoOf } from '../../lib/text/did-you-mean.ts';

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
