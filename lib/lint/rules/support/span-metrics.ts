import { type Collector, makesSpanMetrics } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { memoized } from '../../../model/spans/memoized.ts';
import { receiversOf } from '../../../model/spans/sends-to.ts';
import { countingPipelines } from '../../../pipeline/spans.ts';
import type { Place } from '../../../problems/problem.ts';
import { containersOf } from './containers.ts';

/** Where a pipeline sends its traces to be counted. */
export function spanMetricsPlace({ pipelines, place }: Collector): Place {
  const [counting] = countingPipelines(pipelines);
  return place(
    counting === undefined
      ? ['connectors']
      : ['service', 'pipelines', counting.pipeline.id, 'exporters', counting.index],
  );
}

/** Two collectors in the path of a span that both count it. */
export interface DoubleCount {
  readonly first: Collector;
  readonly second: Collector;
}

export const doubleCounts = memoized((model: Model): readonly DoubleCount[] => {
  const counting = new Set(model.collectors.filter(makesSpanMetrics));
  return [...counting].flatMap((first) =>
    [...receiversOf(model, first)]
      .filter((second) => second !== first && counting.has(second))
      .map((second) => ({ first, second })),
  );
});

/** Attributes that the tabs POD and HOST of a span look for. */
export const podAndNode: readonly string[] = ['k8s.pod.name', 'k8s.node.name'];

/** Collectors that another one sends spans to. */
const fedCollectors = memoized(
  (model): ReadonlySet<Collector> =>
    new Set(
      model.collectors.flatMap((sender) => [...receiversOf(model, sender)].filter((receiver) => receiver !== sender)),
    ),
);

/** Whether spans come with those attributes: from the collector that sends them, or from the pods themselves. */
export const isEnrichedBefore = (model: Model, collector: Collector): boolean =>
  collector.tier === 'gateway' ||
  fedCollectors(model).has(collector) ||
  containersOf(model).some(({ environment }) => {
    const attributes = environment.get('OTEL_RESOURCE_ATTRIBUTES')?.value ?? '';
    return podAndNode.every((name) => attributes.includes(`${name}=`));
  });
