import fc from 'fast-check';
import type { Place, Problem } from '../../lib/problems/problem.ts';
import { hostileNames as text } from '../support/hostile.ts';

export const place: fc.Arbitrary<Place> = fc.record({
  file: text,
  line: fc.integer({ min: 1, max: 3 }),
  column: fc.nat(200).map((at) => at + 1),
});

export const problem: fc.Arbitrary<Problem> = fc.record(
  { code: fc.constant('area/what'), message: text, place, suggestion: text, details: fc.array(text, { maxLength: 3 }) },
  { requiredKeys: ['code', 'message'] },
);

/** The lines of every file, as they are read: split at their line breaks. */
export const sourceLines = fc
  .array(text, { maxLength: 3 })
  .map((all) => () => all.flatMap((lines) => lines.split(/\r?\n/)));

/** How many lines are printed. */
export const lineCount = (printed: string): number => printed.split('\n').length;

export const runs = { numRuns: 100 };
