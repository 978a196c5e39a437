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
}

/** What each label of the main span metrics costs: series with it, and without it and all that say the same. */
export function labelCosts(collectors: readonly CountedCollector[]): LabelCosts {
  const counted = collectors.map(({ counters, ...rest }) => ({
    ...rest,
    counters: counters.filter(({ isMain }) => isMain),
  }));
  const table = labelTable(counted);
  const total = mainSeries(counted);
  const isShown = ({ label, saves }: LabelCost) => saves > 0 || label === table.instance[0];
  const costs = groups(table).map(([label = '', ...together]): LabelCost => {
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
  };
}

/** Labels that always change together, and all that tell instances apart. */
function groups({ instance, varying }: LabelTable): readonly (readonly string[])[] {
  const byPartition = new Map<string, string[]>();
  for (const [label, partition] of varying) {
    byPartition.set(partition, [...(byPartition.get(partition) ?? []), label]);
  }
  return [...(instance.length === 0 ? [] : [instance]), ...byPartition.values()];
}

const mainSeries = (collectors: readonly CountedCollector[], without?: ReadonlySet<string>): number =>
  collectors
    .flatMap(({ counters, sources }) => counters.map((counter) => allSeries(countSeries(counter, sources, without))))
    .reduce((sum, series) => sum + series, 0);
