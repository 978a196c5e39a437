import type { Problem } from '../../problems/problem.ts';
import { listAt } from '../../yaml/value.ts';
import type { Workload } from '../workload.ts';
import { type DataLookup, envFromData } from './container-environment.ts';

/** Variables of all containers of a run: `envFrom` may give every container all keys of a large ConfigMap. */
const maximumVariables = 2_000_000;

/** The workloads whose environments fit into memory, and a problem where they are not all. */
export function withinVariableLimit(
  workloads: readonly Workload[],
  lookup: DataLookup,
): { readonly workloads: readonly Workload[]; readonly problems: readonly Problem[] } {
  let variables = 0;
  for (const [index, workload] of workloads.entries()) {
    variables += variablesOf(workload, lookup);
    if (variables > maximumVariables) {
      const message = `the containers up to ${workload.title} have more than ${maximumVariables} environment variables together; the workloads behind are not looked at`;
      const problem = { code: 'lint/valid-yaml', message, place: workload.manifest.place() };
      return { workloads: workloads.slice(0, index), problems: [problem] };
    }
  }
  return { workloads, problems: [] };
}

function variablesOf({ containers, namespace }: Workload, lookup: DataLookup): number {
  let count = 0;
  for (const { value } of containers) {
    count += listAt(value, 'env').length;
    for (const source of listAt(value, 'envFrom')) {
      count += envFromData(source, namespace, lookup).data?.keys.length ?? 0;
    }
  }
  return count;
}
