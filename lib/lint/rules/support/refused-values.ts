import { shapeProblems } from '../../../chart/schema/shape-problems.ts';
import { collectorSubChart } from '../../../chart/schema/sub-chart.ts';
import { once } from '../../../model/spans/once.ts';
import type { Path } from '../../../yaml/value.ts';
import { isMapping, valueAt } from '../../../yaml/value.ts';
import type { RuleFinding } from '../../rule.ts';
import { integrationValues } from './integration-values.ts';
import { refusal } from './refusal.ts';

/** Something that the schema of a sub-chart refuses, and where it stands in the sub-chart's values. */
export interface RefusedValue {
  readonly path: Path;
  readonly finding: RuleFinding;
}

/** All that helm refuses of the values of the collectors that are installed; it does not look at the others. */
export const refusedValues = once((model): readonly RefusedValue[] =>
  integrationValues(model).flatMap(({ collectors }) =>
    collectors.flatMap(({ document, path }) => {
      const own = valueAt(document.value, ...path);
      const problems = isMapping(own) ? shapeProblems(own, collectorSubChart) : [];
      return problems.map((problem) => ({ path: problem.path, finding: refusal(problem, document, path) }));
    }),
  ),
);
