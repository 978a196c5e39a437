import type { ValuesDocument } from '../model/model.ts';
import type { Path } from '../yaml/value.ts';
import { isMapping, type Mapping, mappingAt, valueAt } from '../yaml/value.ts';
import { ChartValues } from './chart-values.ts';
import { collectorDefaults } from './defaults/collector-defaults.ts';
import { globalDefaults } from './defaults/global-defaults.ts';
import { withValues } from './merge.ts';
import { plainChart, type SubChart, subCharts } from './sub-chart.ts';

/** A sub-chart that is installed, with all of its values. */
export interface InstalledChart {
  readonly chart: SubChart;
  readonly values: ChartValues;
  /** Where its values stand in the document. */
  readonly path: Path;
}

/** What values install: a chart on its own, or those of the sub-charts that are on. */
export function installedCharts({ chart, document }: ValuesDocument): InstalledChart[] {
  if (chart === 'opentelemetry-collector') {
    const own = mappingAt({ values: document.value }, 'values');
    return [{ chart: plainChart, values: chartValues(own, {}, mappingAt(own, 'global')), path: [] }];
  }
  const global = withValues(globalDefaults, withoutNothing(mappingAt(document.value, 'global')));
  return subCharts.flatMap((entry) => {
    const own = valueAt(document.value, entry.alias);
    // Helm refuses to install anything then.
    if (own !== undefined && own !== null && !isMapping(own)) {
      return [];
    }
    const defaults = own === null ? {} : entry.defaults;
    return isEnabled(entry, own)
      ? [{ chart: entry, values: chartValues(mappingAt({ own }, 'own'), defaults, global), path: [entry.alias] }]
      : [];
  });
}

/** Helm turns a dependency off for `false` alone; without a condition it is on. */
function isEnabled({ enabledByDefault }: SubChart, own: unknown): boolean {
  const enabled = valueAt(own, 'enabled');
  return own === null || (enabled === undefined ? enabledByDefault : enabled !== false);
}

function chartValues(own: Mapping, defaults: Mapping, global: Mapping): ChartValues {
  const all = withValues(withValues(collectorDefaults, defaults), own);
  return new ChartValues({ ...all, global }, global);
}

/** What is shared by all sub-charts cannot be taken away. */
const withoutNothing = (global: Mapping): Mapping =>
  Object.fromEntries(Object.entries(global).filter(([, value]) => value !== null));
