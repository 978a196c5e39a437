import { groupBy } from '../../group-by.ts';
import type { Model } from '../model.ts';
import { selects } from '../network/selector.ts';
import type { Workload } from '../workload.ts';
import { memoized } from './memoized.ts';

type Labels = Readonly<Record<string, string>>;

/** The workloads of a namespace whose pods a selector means; the same list for the same selector. */
export function selectedWorkloads(model: Model, namespace: string, selector: Labels): readonly Workload[] {
  const known = selected(model);
  const id = JSON.stringify([namespace, Object.entries(selector).sort()]);
  const found = known.get(id) ?? findSelected(model, namespace, selector);
  known.set(id, found);
  return found;
}

const selected = memoized(() => new Map<string, readonly Workload[]>());

function findSelected(model: Model, namespace: string, selector: Labels): readonly Workload[] {
  const candidates = Object.entries(selector).map(([name, value]) => labelledWorkloads(model, namespace, name, value));
  const [fewest = []] = candidates.sort((a, b) => a.length - b.length);
  return fewest.filter(({ labels }) => selects(selector, labels));
}

/** The workloads of a namespace whose pods have a label. */
export const labelledWorkloads = (model: Model, namespace: string, label: string, value: string): readonly Workload[] =>
  workloadsByLabel(model).get(key(namespace, label, value)) ?? [];

const workloadsByLabel = memoized((model): ReadonlyMap<string, readonly Workload[]> => {
  const labels = model.workloads.flatMap((workload) =>
    Object.entries(workload.labels).map((label) => ({ workload, id: key(workload.namespace, ...label) })),
  );
  const groups = groupBy(labels, ({ id }) => id);
  return new Map([...groups].map(([id, group]) => [id, group.map(({ workload }) => workload)]));
});

/** Values that a label has among the pods of a namespace. */
export const valuesOfLabel = (model: Model, namespace: string, label: string): readonly string[] =>
  labelValues(model).get(key(namespace, label)) ?? [];

const labelValues = memoized((model): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, Set<string>>();
  for (const { namespace, labels } of model.workloads) {
    for (const [label, value] of Object.entries(labels)) {
      const id = key(namespace, label);
      found.set(id, (found.get(id) ?? new Set()).add(value));
    }
  }
  return new Map([...found].map(([id, values]) => [id, [...values]]));
});

const key = (...parts: string[]): string => parts.join('\n');

/** The workloads of a namespace. */
export const workloadsIn = (model: Model, namespace: string): readonly Workload[] =>
  byNamespace(model).get(namespace) ?? [];

const byNamespace = memoized((model) => groupBy(model.workloads, ({ namespace }) => namespace));
