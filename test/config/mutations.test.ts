import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { damaged } from '../support/damaged.ts';
import { systemFile } from './system-file.ts';

const example = readFileSync('config/dataprime-demo.yaml', 'utf8');
const { check } = systemFile();

test('a configuration that was damaged at random is loaded or refused with problems, and nothing else happens', () => {
  fc.assert(
    fc.property(damaged(example), (text) => {
      const problems = check(text);
      const count = text.split('\n').length;
      for (const { code, message, place, suggestion } of problems) {
        expect(code).toMatch(/^config\/[a-z-]+$/);
        expect(message).toMatch(/^.+[^.]$/);
        expect(suggestion).toMatch(/^.+$/);
        expect(place?.line).toBeGreaterThan(0);
        expect(place?.line).toBeLessThanOrEqual(count);
        expect(place?.column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 150 },
  );
});
