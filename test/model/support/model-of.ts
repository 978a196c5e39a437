import type { Model } from '../../../lib/model/model.ts';
import { type ReadModelProps, readModel } from '../../../lib/model/read-model.ts';
import type { Container, Workload } from '../../../lib/model/workload.ts';

/** The model of one file. */
export const modelOf = (text: string, props?: ReadModelProps): Model => readModel([{ file: 'app.yaml', text }], props);

/** The first of a list that a test expects to be there. */
export function first<T>([found]: readonly T[]): T {
  if (found === undefined) {
    throw new Error('expected at least one');
  }
  return found;
}

/** The only workload of a model and its first container. */
export function onlyContainer(model: Model): { workload: Workload; container: Container } {
  const workload = first(model.workloads);
  return { workload, container: first(workload.containers) };
}
