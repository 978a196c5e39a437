import { traceStatements } from '../../pipeline/ottl.ts';
import type { Collector } from '../collector/collector.ts';
import { componentsOf, type PartProblem } from '../collector/part.ts';
import { collectorRuntime, isOlderThan } from '../collector/runtime.ts';
import type { Model } from '../model.ts';

/** The version in which `$NAME` stopped to be a variable. */
const withoutBare = 105;

/** Groups of patterns that the collector takes for variables. */
export function wrongPatternGroups(model: Model, collector: Collector): PartProblem[] {
  const runtime = collectorRuntime(model, collector);
  const isOld = runtime === undefined || runtime.version === undefined || isOlderThan(runtime, withoutBare);
  return componentsOf(collector, 'processors', 'transform').flatMap(({ id, settings }) =>
    traceStatements(settings).flatMap(({ text, path }): PartProblem[] => {
      const braced = /(?<!\$)(?:\$\$)*\$\{\d+\}/.exec(text)?.[0];
      const bare = /(?<!\$)(?:\$\$)*\$\d/.exec(text)?.[0];
      const found = braced ?? bare;
      if (found === undefined) {
        return [];
      }
      const isCertain = braced !== undefined || isOld;
      const consequence =
        braced === undefined
          ? 'a collector before 0.105 takes it for a variable and puts nothing in its place'
          : 'the collector takes it for a variable and does not start';
      return [
        {
          path: ['processors', id, ...path],
          message: `${id} of ${collector.title} replaces by ${found}: ${consequence}`,
          suggestion: `write: $${found}`,
          ...(isCertain ? {} : { cannotTell: true }),
        },
      ];
    }),
  );
}
