import { textAt, textListAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { operatorContainer } from '../operator/collector-pods.ts';
import type { Container, Workload } from '../workload.ts';
import { memoized } from './memoized.ts';

/** Names that say it wherever they stand. */
const pipelineImage =
  /(?<![a-z])(otel-?col|otelcontrib|(opentelemetry|otel)-(collector|operator))|collector-contrib|fluent-?bit|fluentd|jaegertracing\/(opentelemetry-)?all-in-one/i;

/** Names that others have in theirs, such as `acme/temporal-worker`: at the end of a path, and between hyphens. */
const pipelineName =
  /^(alloy|vector|tempo(-query|-vulture)?|jaeger(-[\w-]+)?|([\w-]+-)?(beyla|ebpf)(-[\w-]+)?)([:@][^/\s]*)?$/i;

/** More than the name of an image has with its tag and its digest. */
const maximumLength = 512;

function isPipelineName(word: string): boolean {
  const name = word.slice(word.lastIndexOf('/') + 1);
  return name.length <= maximumLength && pipelineName.test(name);
}

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
    words.some((word) => pipelineImage.test(word) || isPipelineName(word)) ||
    (workload.containers.length === 1 && mountsCollector(model, workload))
  );
}
