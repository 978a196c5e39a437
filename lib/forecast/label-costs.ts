import { ownValue } from '../own-value.ts';
import { allSeries, countSeries } from './count.ts';
import type { CountedCollector } from './counted-collector.ts';
import type { LabelCost } from './forecast.ts';
import { type LabelTable, labelTable } from './label-table.ts';
import { chartLabelUses } from './label-uses.ts';

export interface LabelCosts {
  readonly costs: readonly LabelCost[];
  readonly free: readonly string[];
  readonly unused: readonly string[];
  /** Labels whose cost was not counted, because there are too many. */
  readonly uncounted: readonly string[];
}

/** Labels whose cost is counted: for each of them the whole system is counted once more. */
const maximumLabels = 200;

/** What each label of the main span metrics costs: series with it, and without it and all that say the same. */
export function labelCosts(collectors: readonly CountedCollector[]): LabelCosts {
  const counted = collectors.map(({ counters, ...rest }) => ({
    ...rest,
    counters: counters.filter(({ isMain }) => isMain),
  }));
  const table = labelTable(counted);
  const total = mainSeries(counted);
  const isShown = ({ label, saves }: LabelCost) => saves > 0 || label === table.instance[0];
  const all = groups(table);
  const costs = all.slice(0, maximumLabels).map(([label = '', ...together]): LabelCost => {
    const without = mainSeries(counted, new Set([label, ...together]));
    const uses = [label, ...together].flatMap((name) => ownValue(chartLabelUses.needed, name) ?? []);
    return {
      label,
      together,
      factor: without === 0 ? 1 : total / without,
      saves: total - without,
      neededBy: uses[0],
    };
  });
  return {
    costs: costs.filter(isShown).sort((one, other) => other.saves - one.saves),
    free: [
      ...table.constant,
      ...costs.filter((cost) => !isShown(cost)).flatMap(({ label, together }) => [label, ...together]),
    ],
    unused: table.unused,
    uncounted: all.slice(maximumLabels).flat(),
  };
}

/** Labels that always change together, and all that distinguish instances. */
function groups({ instance, varying }: LabelTable): readonly (readonly string[])[] {
  const byPartition = new Map<string, string[]>();
  for (const [label, partition] of varying) {
    const same = byPartition.get(partition) ?? [];
    same.push(label);
    byPartition.set(partition, same);
  }
  return [...(instance.length === 0 ? [] : [instance]), ...byPartition.values()];
}

const mainSeries = (collectors: readonly CountedCollector[], without?: ReadonlySet<string>): number =>
  collectors
    .flatMap(({ counters, sources }) => counters.map((counter) => allSeries(countSeries(counter, sources, without))))
    .reduce((sum, series) => sum + series, 0);
