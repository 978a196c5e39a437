import { expect, test } from 'vitest';
import { durationMs } from '../../lib/pipeline/duration.ts';

test.each([
  ['5s', 5000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['1500µs', 1.5],
  ['-1s', -1000],
  ['0', 0],
  ['0s', 0],
  ['1000000', 1],
])('%s is a duration', (text, expected) => {
  expect(durationMs(text)).toBeCloseTo(expected);
});

test.each(['', '5', 's', '1 minute', '${env:WAIT}', '1d'])('%s is no duration of more than nanoseconds', (text) => {
  expect(durationMs(text) ?? 0).toBeLessThan(1);
});
