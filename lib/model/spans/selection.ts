import type { Model } from '../model.ts';
import { selects } from '../network/selector.ts';
import type { Workload } from '../workload.ts';
import { groupBy } from './group-by.ts';
import { once } from './once.ts';

type Labels = Readonly<Record<string, string>>;

/** The workloads of a namespace whose pods a selector means. */
export function selectedWorkloads(model: Model, namespace: string, selector: Labels): readonly Workload[] {
  const index = workloadsByLabel(model);
  const candidates = Object.entries(selector).map(([name, value]) => index.get(key(namespace, name, value)) ?? []);
  const [fewest = []] = candidates.sort((a, b) => a.length - b.length);
  return fewest.flatMap(({ workload }) => (selects(selector, workload.labels) ? [workload] : []));
}

const workloadsByLabel = once((model) =>
  groupBy(
    model.workloads.flatMap((workload) => Object.entries(workload.labels).map((label) => ({ workload, label }))),
    ({ workload, label }) => key(workload.namespace, ...label),
  ),
);

const key = (...parts: string[]): string => parts.join('\n');

/** The workloads of a namespace. */
export const workloadsIn = (model: Model, namespace: string): readonly Workload[] =>
  byNamespace(model).get(namespace) ?? [];

const byNamespace = once((model) => groupBy(model.workloads, ({ namespace }) => namespace));
