import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runsIn } from '../../lib/secrets/random-token.ts';

const part = fc.constantFrom('a', 'Z9', '+/_-', '=', '==', ' ', '.', 'é', '\u{1f600}');
const text = fc.oneof(
  fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string(),
);

test('runs are what the pattern of them finds', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 6 }), (subject, least) => {
      const pattern = new RegExp(`[A-Za-z0-9+/_-]{${least},}={0,2}`, 'g');
      const expected = [...subject.matchAll(pattern)].map(({ 0: run, index }) => ({
        start: index,
        end: index + run.length,
      }));
      expect(runsIn(subject, least)).toEqual(expected);
    }),
  );
});
