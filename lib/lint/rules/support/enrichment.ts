import type { Collector } from '../../../model/collector/collector.ts';
import type { Model } from '../../../model/model.ts';
import { once } from '../../../model/spans/once.ts';
import { receiversOf } from '../../../model/spans/sends-to.ts';
import { containersOf } from './containers.ts';

/** Attributes that the tabs POD and HOST of a span look for. */
export const podAndNode: readonly string[] = ['k8s.pod.name', 'k8s.node.name'];

/** Collectors that another one sends spans to. */
const fedCollectors = once(
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
