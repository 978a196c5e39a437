import { createHash } from 'node:crypto';
import { ownValue } from '../own-value.ts';
import { alikeSource } from './alike-source.ts';
import { allSeries, countSeries } from './count.ts';
import { type CountedSpan, countedRows } from './counted-rows.ts';
import type { LabelCost } from './forecast.ts';
import { chartLabelUses } from './label.ts';
import type { CountedCollector } from './system-traffic.ts';

type Counted = Pick<CountedCollector, 'counters' | 'sources'>;

interface LabelCosts {
  readonly costs: readonly LabelCost[];
  readonly free: readonly string[];
  readonly unused: readonly string[];
  /** Labels whose cost was not counted, because there are too many. */
  readonly uncounted: readonly string[];
}

/** Labels whose cost is counted: for each of them the whole system is counted once more. */
const maximumLabels = 200;

/** What each label of the main span metrics costs: series with it, and without it and all that say the same. */
export function labelCosts(collectors: readonly Counted[]): LabelCosts {
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

const mainSeries = (collectors: readonly Counted[], without?: ReadonlySet<string>): number =>
  collectors
    .flatMap(({ counters, sources }) => counters.map((counter) => allSeries(countSeries(counter, sources, without))))
    .reduce((sum, series) => sum + series, 0);

/** Labels by how they change. */
interface LabelTable {
  /** Those that distinguish nodes, pods and processes; the one that the views read leads. */
  readonly instance: readonly string[];
  /** Those that change within a service, each with how it parts the spans: equal parts, equal text. */
  readonly varying: ReadonlyMap<string, string>;
  /** Those that are the same for all spans of a service. */
  readonly constant: readonly string[];
  /** Dimensions that nothing has. */
  readonly unused: readonly string[];
}

function labelTable(collectors: readonly Counted[]): LabelTable {
  // Sources that are alike have the same labels, which part their spans alike.
  const owners = collectors.flatMap(({ counters, sources }) =>
    counters.flatMap((counter) => {
      const distinct = new Set(sources.map((source) => alikeSource(counter, source)));
      return [...distinct].map((source) => countedRows(counter, source));
    }),
  );
  const rows = owners.flat();
  const instance = new Set(rows.flatMap((row) => row.instanceLabels));
  const dimensions = new Set(rows.flatMap((row) => row.dimensions));
  const names = new Set(rows.flatMap(({ values }) => [...values.keys()]));
  const whole = partition(owners, () => '');
  const partitions = [...names]
    .filter((name) => !instance.has(name))
    .map((name) => [name, partition(owners, ({ values }) => values.get(name))] as const);
  return {
    instance: [...instance].sort((one, other) => rank(one, dimensions) - rank(other, dimensions)),
    varying: new Map(partitions.filter(([, parts]) => parts !== whole)),
    constant: partitions.filter(([, parts]) => parts === whole).map(([name]) => name),
    unused: [...dimensions].filter((name) => !names.has(name) && !instance.has(name)),
  };
}

const rank = (label: string, dimensions: ReadonlySet<string>): number =>
  label === 'k8s.pod.name' ? 0 : dimensions.has(label) ? 1 : 2;

/**
 * How a label parts the spans of each owner: for each row the number of the first that has the same value. A digest
 * stands for it, because there may be many rows and many labels.
 */
function partition(
  owners: readonly (readonly CountedSpan[])[],
  labelOf: (row: CountedSpan) => string | undefined,
): string {
  const digest = createHash('sha256');
  for (const rows of owners) {
    const first = new Map<string | undefined, number>();
    const parts = Int32Array.from(rows, (row, index) => {
      const label = labelOf(row);
      const at = first.get(label) ?? index;
      first.set(label, at);
      return at;
    });
    digest.update(parts);
  }
  return digest.digest('base64');
}
