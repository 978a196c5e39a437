import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { textAt } from '../../yaml/value.ts';
import type { Rule } from '../rule.ts';

export const requireCardinalityLimit: Rule = {
  id: 'require-cardinality-limit',
  severity: 'warning',
  documentation: {
    summary: 'Reports a span metrics connector that keeps any number of series.',
    why: 'The connector keeps every label set in memory, and without `aggregation_cardinality_limit`, or with 0, there is no end to them. One service that puts identifiers into the names of its spans then takes the memory of the agent of its node, and the metrics of every other service there are gone.',
    remediation:
      'Write a limit; the chart has 100000. What is beyond it counts in one series with the label `otel_metric_overflow`.',
    example: `connectors:
  spanmetrics:
    aggregation_cardinality_limit: 100000`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) => problemsOfCollectors(model, problemsOf),
};

function problemsOf({ pipelines, config, title }: Collector): PartProblem[] {
  const path = (id: string) => ['connectors', id, 'aggregation_cardinality_limit'];
  const limitless = spanMetricsConnectors(pipelines.all).filter((id) =>
    [undefined, '0', ''].includes(textAt(config, ...path(id))),
  );
  const [first] = limitless;
  return first === undefined
    ? []
    : [
        {
          path: path(first),
          message: `${joinNames(limitless)} of ${title} ${limitless.length === 1 ? 'has' : 'have'} no aggregation_cardinality_limit`,
          suggestion: 'write: aggregation_cardinality_limit: 100000',
        },
      ];
}
