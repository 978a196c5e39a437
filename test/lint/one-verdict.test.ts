import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rules } from '../../lib/lint/rules/index.ts';
import { causes } from '../../lib/model/path/hop.ts';
import { causeRules, pathRules } from './support/cause-rules.ts';
import { differences } from './support/differences.ts';
import { randomSystems } from './support/random-systems.ts';

test('every cause of a broken hop has a rule', () => {
  const ids = rules.map(({ id }) => id);
  expect(causes.filter((cause) => causeRules[cause].length === 0)).toEqual([]);
  expect(pathRules.filter((id) => !ids.includes(id))).toEqual([]);
});

test('lint, explain and forecast have one verdict of random systems', () => {
  fc.assert(
    fc.property(randomSystems, (sources) => {
      expect(differences(sources)).toEqual([]);
    }),
    { numRuns: 200 },
  );
}, 300_000);
