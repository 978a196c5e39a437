import { textAt, textListAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import { isPipelineProgram } from '../known-images.ts';
import type { Model } from '../model.ts';
import { operatorContainer } from '../operator/collector-pods.ts';
import type { Container, Workload } from '../workload.ts';
import { memoized } from './memoized.ts';

const collectors = memoized((model) => {
  const read = new Set(
    model.collectors.filter(({ fromValues }) => !fromValues).map(({ title, namespace }) => `${namespace}/${title}`),
  );
  return new Map(
    model.workloads.flatMap((workload) => {
      const key = `${workload.namespace}/${workload.title}`;
      return read.has(key) ? [[key, workload] as const] : [];
    }),
  );
});

/** The workload that runs a collector; none of one that a chart will make. */
export const collectorWorkload = (model: Model, { namespace, title }: Collector): Workload | undefined =>
  collectors(model).get(`${namespace}/${title}`);

/** Whether a workload mounts a configuration of a collector that was read. */
export const mountsCollector = (model: Model, { namespace, title }: Workload): boolean =>
  collectors(model).has(`${namespace}/${title}`);

/** Whether a container passes telemetry on, so that what its variables say is not about an application's spans. */
export function isCollectorContainer(model: Model, workload: Workload, container: Container): boolean {
  const words = [textAt(container.value, 'image') ?? '', ...textListAt(container.value, 'command')];
  return (
    container.name === operatorContainer ||
    words.some(isPipelineProgram) ||
    (workload.containers.length === 1 && mountsCollector(model, workload))
  );
}
