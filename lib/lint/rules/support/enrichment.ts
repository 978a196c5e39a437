import { type Collector, mainSpanMetricsConnector } from '../../../model/collector/collector.ts';
import type { CollectorPipeline } from '../../../model/collector/collector-pipeline.ts';
import type { Model } from '../../../model/model.ts';
import { once } from '../../../model/spans/once.ts';
import { receiversOf } from '../../../model/spans/sends-to.ts';
import { mappingAt } from '../../../model/value.ts';
import { containersOf } from './containers.ts';
import { withUpstream } from './upstream.ts';

/** Attributes that the tabs POD and HOST of a span look for. */
export const podAndNode: readonly string[] = ['k8s.pod.name', 'k8s.node.name'];

/** The pipelines that spans come through before they are counted. */
export function waysToSpanMetrics({ pipelines, config }: Collector): readonly CollectorPipeline[] {
  const connector = mainSpanMetricsConnector(pipelines);
  const connectors = mappingAt(config, 'connectors');
  return connector === undefined
    ? []
    : withUpstream(
        pipelines.filter(({ exporters }) => exporters.includes(connector)),
        pipelines,
        connectors,
      );
}

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
