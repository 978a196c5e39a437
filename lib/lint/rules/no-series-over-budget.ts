import { podhost } from '../../command-name.ts';
import { isUnbounded } from '../../forecast/label.ts';
import { type DimensionList, dimensionLists } from '../../model/collector/dimension-lists.ts';
import type { Model } from '../../model/model.ts';
import { collectorWorkload } from '../../model/spans/collector-container.ts';
import { runInstruction, sh } from '../../text/shell.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { exceededBudgets } from './support/budgets.ts';
import { spanMetricsPlace } from './support/span-metrics.ts';

export const noSeriesOverBudget: Rule = {
  id: 'no-series-over-budget',
  severity: 'warning',
  documentation: {
    summary:
      'Reports span metrics of more series than the budget in the configuration, and dimensions that have a new value with most requests.',
    why: 'Series multiply: pods by operations by statuses by values of the dimensions, and each label set makes a series for every bucket of the histogram. A dimension such as `http.url` or `user.id` begins new ones with every request. Where a pod has more label sets than `aggregation_cardinality_limit`, the collector counts all other spans in one series without names, and before that the metrics store slows down or refuses.',
    remediation:
      'Keep attributes that distinguish requests on the spans, and out of the dimensions; `podhost forecast` lists what each dimension costs and which to drop first. The budget is `forecast.budget` in the configuration (`--config`), where the traffic can be described as well.',
    example: `opentelemetry-agent:
  presets:
    spanMetrics:
      extraDimensions:
        - name: http.method # a few values
        # not url.full: as many values as requests`,
    see: ['https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/connector/spanmetricsconnector'],
  },
  check: (model) => [...dimensionLists(model).flatMap(unboundedDimensions), ...overBudget(model)],
};

/** Only its owner knows how many series a system may have. */
function overBudget(model: Model): RuleFinding[] {
  const { forecast } = model;
  const budget = forecast?.budget;
  if (forecast === undefined || budget === undefined) {
    return [];
  }
  return exceededBudgets(model, forecast, budget).map(({ collector, series, pods }) => ({
    message: `${collector.title} makes about ${figure(series)} series of ${figure(pods)} pods: more than forecast.budget, ${figure(budget)}`,
    place: spanMetricsPlace(collector),
    suggestion: `see what each dimension costs, and which to drop first; ${runInstruction(sh`${podhost} forecast`)}`,
    manifest: collectorWorkload(model, collector)?.manifest,
  }));
}

const unboundedDimensions = ({ connector, dimensions, place, manifest }: DimensionList): RuleFinding[] =>
  dimensions.flatMap(({ name }, index) =>
    isUnbounded(name)
      ? [
          {
            message: `most requests have a value of ${name} of their own, and begin as many series of ${connector}`,
            place: place(index),
            suggestion: `remove ${name} from the dimensions; it stays on the spans`,
            manifest,
          },
        ]
      : [],
  );

const figure = (number: number): string => number.toLocaleString('en-US');
