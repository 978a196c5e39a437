import { expect, test } from 'vitest';
import { softMemoryLimit } from '../../../lib/constructs/collector/collector-container.ts';

test.each([
  ['512Mi', '384MiB'],
  ['1Gi', '768MiB'],
  ['1.5Gi', '1152MiB'],
])('75 %% of %s is %s', (limit, expected) => {
  expect(softMemoryLimit(limit)).toBe(expected);
});

test('a limit in other units is refused with what to write', () => {
  expect(() => softMemoryLimit('1G')).toThrow('memory limit 1G of a collector: write it in Mi or Gi, e.g. 512Mi');
});
