import { ownValue } from '../own-value.ts';
import type { DimensionOrigin } from '../pipeline/dimensions.ts';
import { seriesPerDuration } from './collector/span-counter.ts';
import { countSeries } from './count.ts';
import type { Drop, LabelCost } from './forecast.ts';
import { chartLabelUses } from './label.ts';
import type { CountedCollector } from './system-traffic.ts';

/** What to drop first: the labels and the metrics that no view needs, the dearest first. */
export const dropsOf = (collectors: readonly CountedCollector[], costs: readonly LabelCost[]): Drop[] =>
  [...costs.flatMap((cost) => labelDrop(collectors, cost)), ...metricDrops(collectors)]
    .filter(({ saves }) => saves > 0)
    .sort((one, other) => other.saves - one.saves);

function labelDrop(collectors: readonly CountedCollector[], cost: LabelCost): Drop[] {
  if (cost.neededBy !== undefined) {
    return [];
  }
  const names = [cost.label, ...cost.together];
  const changes = names.flatMap((name) =>
    collectors.flatMap(({ collector }) =>
      collector.dimensions.filter((dimension) => dimension.name === name).map(({ origin }) => changeOf[origin](name)),
    ),
  );
  const change = changes.length === 0 ? `no longer send ${names.join(' and ')}` : [...new Set(changes)].join(', and ');
  return [{ change, saves: cost.saves, costs: usesOf(names) }];
}

const usesOf = (names: readonly string[]): string | undefined => {
  const uses = new Set(names.flatMap((name) => ownValue(chartLabelUses.useful, name) ?? []));
  return uses.size === 0 ? undefined : [...uses].join(', ');
};

/** How a dimension goes that came from there; presets stand below `opentelemetry-agent`. */
const changeOf: Readonly<Record<DimensionOrigin, (name: string) => string>> = {
  'chart-default': (name) => `write presets.spanMetrics.extraDimensions: the chart's list without ${name}`,
  values: (name) => `remove ${name} from presets.spanMetrics.extraDimensions`,
  'error-tracking': () => 'write presets.spanMetrics.errorTracking.enabled: false',
  'service-version': () => 'write presets.spanMetrics.serviceVersion.enabled: false',
  'database-metrics': () => 'write presets.spanMetrics.dbMetrics.enabled: false',
  'connector-config': (name) => `remove ${name} from connectors.spanmetrics.dimensions`,
};

/** Metrics that the chart makes beside the main ones, and what is left of them. */
const metricDrops = (collectors: readonly CountedCollector[]): Drop[] =>
  collectors.flatMap(({ counters, sources }) =>
    counters.flatMap((counter): Drop[] => {
      const preset = ownValue(presets, counter.id);
      if (preset === undefined) {
        return [];
      }
      const { calls, duration } = countSeries(counter, sources);
      const left =
        preset.keeps === 'sum and count' ? Math.min(duration, 2 * (duration / seriesPerDuration(counter))) : -calls;
      return [{ change: preset.change, saves: duration - left, costs: preset.costs }];
    }),
  );

interface MetricDrop {
  readonly change: string;
  readonly keeps: 'sum and count' | 'nothing';
  readonly costs: string;
}

const presets: Readonly<Record<string, MetricDrop>> = {
  'spanmetrics/compact': {
    change: 'write presets.spanMetrics.compactMetrics.dropHistogram: true',
    keeps: 'sum and count',
    costs: 'percentiles in the list of the Service Catalog',
  },
  'spanmetrics/db': {
    change: 'write presets.spanMetrics.dbMetrics.enabled: false',
    keeps: 'nothing',
    costs: 'the Database Catalog',
  },
  'spanmetrics/db_compact': {
    change: 'write presets.spanMetrics.dbMetrics.compactMetrics.dropHistogram: true',
    keeps: 'sum and count',
    costs: 'percentiles in the list of the Database Catalog',
  },
};
