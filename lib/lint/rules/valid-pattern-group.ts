import type { Collector } from '../../model/collector/collector.ts';
import type { Model } from '../../model/model.ts';
import { traceStatements } from '../../pipeline/ottl.ts';
import type { Rule } from '../rule.ts';
import { componentsOf, type PartProblem, problemsOfCollectors } from './support/collector-part.ts';
import { collectorRuntime, isOlderThan } from './support/collector-runtime.ts';

export const validPatternGroup: Rule = {
  id: 'valid-pattern-group',
  severity: 'error',
  documentation: {
    summary: 'Reports a group of a pattern that the collector takes for a variable, such as `${1}` in a replacement.',
    why: 'The collector replaces variables in its whole configuration before anything reads it. `${1}` is then a variable with a name that none can have, and the collector does not start; `$1` is one for collectors before 0.105, which put nothing in its place, so that every name becomes the same. A dollar that is meant is written twice.',
    remediation: 'Write `$$1`, or `$${1}` before a letter or digit.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      spanNameReplacePattern:
        - regex: "user-([a-z]+)-[0-9]+"
          replacement: "user-$$1"`,
    see: ['https://opentelemetry.io/docs/collector/configuration/#environment-variables'],
  },
  check: (model) => problemsOfCollectors(model, (collector) => problemsOf(model, collector)),
};

/** The version in which `$NAME` stopped to be a variable. */
const withoutBare = 105;

function problemsOf(model: Model, collector: Collector): PartProblem[] {
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
