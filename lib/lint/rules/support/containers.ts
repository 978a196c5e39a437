import type { Variable } from '../../../model/environment/variable.ts';
import { memoized } from '../../../model/spans/memoized.ts';
import type { Container, Workload } from '../../../model/workload.ts';

/** A container of a workload, with its environment. */
export interface ContainerOf {
  readonly workload: Workload;
  readonly container: Container;
  readonly environment: ReadonlyMap<string, Variable>;
}

/** Every container, instrumented or not. */
export const containersOf = memoized((model): readonly ContainerOf[] =>
  model.workloads.flatMap((workload) =>
    workload.containers.map((container) => ({
      workload,
      container,
      environment: model.environment(workload, container),
    })),
  ),
);
