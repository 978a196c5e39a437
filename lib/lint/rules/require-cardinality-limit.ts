import { hasSeriesLimit } from '../../chart/changes.ts';
import type { Collector } from '../../model/collector/collector.ts';
import { type PartProblem, problemsOfCollectors } from '../../model/collector/part.ts';
import type { ValuesDocument } from '../../model/values/values-document.ts';
import { spanMetricsConnectors } from '../../pipeline/spans.ts';
import { joinNames } from '../../text/list.ts';
import { textAt, valueAt } from '../../yaml/value.ts';
import type { Rule, RuleFinding } from '../rule.ts';

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
  check: (model) => [...problemsOfCollectors(model, problemsOf), ...model.values.flatMap(olderCharts)],
};

/** Of an older chart the configuration is not known without helm, and that it sets no limit is. */
function olderCharts({
  chart,
  publisher,
  version,
  title,
  document,
  rendering,
  renderedBy,
}: ValuesDocument): RuleFinding[] {
  if (renderedBy.kind === 'helm' || publisher !== 'coralogix' || hasSeriesLimit(chart, version.version)) {
    return [];
  }
  const connector = ['config', 'connectors', 'spanmetrics', 'aggregation_cardinality_limit'];
  const preset = ['presets', 'spanMetrics'];
  return rendering.collectors
    .filter(({ values }) => valueAt(values.all, ...preset, 'enabled') === true)
    .filter(
      ({ values }) =>
        ![connector, [...preset, 'aggregationCardinalityLimit']].some((path) => values.isWritten(...path)),
    )
    .map((collector) => ({
      message: `spanmetrics of the ${collector.chart.title} of ${title} has no aggregation_cardinality_limit, which ${chart} ${version.version} does not set by default`,
      place: document.place([...collector.path, ...preset], 'key'),
      suggestion: `write: ${[...collector.path, ...connector].join('.')}: 100000`,
    }));
}

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
