import fc from 'fast-check';
import { expect, test } from 'vitest';
import { milliOf } from '../../../lib/config/rules/quantities.ts';

test.each<[string, bigint]>([
  ['0', 0n],
  ['1', 1000n],
  ['250m', 250n],
  ['0.25', 250n],
  ['1.5k', 1_500_000n],
  ['128Mi', 134_217_728_000n],
  ['1Gi', 1_073_741_824_000n],
  ['1G', 1_000_000_000_000n],
  ['0.0001', 1n],
  ['1Ei', 1_152_921_504_606_846_976_000n],
])('%s are %s thousandths', (quantity, milli) => {
  expect(milliOf(quantity)).toBe(milli);
});

test.each(['', 'm', '1mb', '1K', '-1', '1e3', '.5', '1 Gi', 'toString'])('%j is no quantity', (text) => {
  expect(milliOf(text)).toBeUndefined();
});

test('larger units are larger', () => {
  const units = ['m', '', 'k', 'Ki', 'M', 'Mi', 'G', 'Gi', 'T', 'Ti', 'P', 'Pi', 'E', 'Ei'];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (amount) => {
      const amounts = units.map((unit) => milliOf(`${amount}${unit}`) ?? -1n);
      expect(amounts.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(amounts);
    }),
  );
});
