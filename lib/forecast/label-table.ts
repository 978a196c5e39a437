import { createHash } from 'node:crypto';
import type { CountedCollector } from './counted-collector.ts';
import { type CountedSpan, countedRows } from './counted-rows.ts';

/** Labels by how they change. */
export interface LabelTable {
  /** Those that distinguish nodes, pods and processes; the one that the views read leads. */
  readonly instance: readonly string[];
  /** Those that change within a service, each with how it parts the spans: equal parts, equal text. */
  readonly varying: ReadonlyMap<string, string>;
  /** Those that are the same for all spans of a service. */
  readonly constant: readonly string[];
  /** Dimensions that nothing has. */
  readonly unused: readonly string[];
}

export function labelTable(collectors: readonly CountedCollector[]): LabelTable {
  const rows = countedRows(collectors);
  const instance = new Set(rows.flatMap((row) => row.instanceLabels));
  const dimensions = new Set(rows.flatMap((row) => row.dimensions));
  const names = new Set(rows.flatMap(({ values }) => [...values.keys()]));
  const whole = partition(rows, () => '');
  const partitions = [...names]
    .filter((name) => !instance.has(name))
    .map((name) => [name, partition(rows, ({ values }) => values.get(name))] as const);
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
 * How a label parts the spans of each service: for each row the number of the first that has the same value. A digest
 * stands for it, because there may be many rows and many labels.
 */
function partition(rows: readonly CountedSpan[], labelOf: (row: CountedSpan) => string | undefined): string {
  const first = new Map<string, number>();
  const parts = Int32Array.from(rows, (row, index) => {
    const key = `${row.owner}\n${labelOf(row) ?? '\n'}`;
    const at = first.get(key) ?? index;
    first.set(key, at);
    return at;
  });
  return createHash('sha256').update(parts).digest('base64');
}
