import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goPattern } from '../../lib/pipeline/go-pattern.ts';

const text = fc.stringMatching(/^[aB_0-]{0,4}$/);

test('a pattern of letters, digits, _ and - finds itself, as it does in a group', () => {
  fc.assert(
    fc.property(text, fc.oneof(text, fc.string()), text, (pattern, before, behind) => {
      for (const subject of [before, `${before}${pattern}\n${behind}`, 'x'.repeat(4001) + pattern]) {
        expect(goPattern(pattern)?.test(subject)).toBe(goPattern(`(?:${pattern})`)?.test(subject));
        expect(goPattern(pattern)?.groups(subject)).toEqual(goPattern(`(?:${pattern})`)?.groups(subject));
      }
    }),
  );
});
