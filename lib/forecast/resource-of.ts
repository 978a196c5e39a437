import type { Collector } from '../model/collector/collector.ts';
import { enrich } from '../model/enrichment/enriched.ts';
import { peerOf } from '../model/enrichment/pod-lookup.ts';
import { sdkAttributes } from '../model/enrichment/sdk-attributes.ts';
import type { SpanOrigin } from '../model/enrichment/span-origin.ts';
import { pathOut } from '../pipeline/exporters.ts';
import { pipelinesOfSpans } from '../pipeline/spans.ts';
import { type ResourceLabel, type ResourceLabels, scopeOf } from './label.ts';

/** A collector, and its processors that spans pass. */
type PassedProcessors = readonly [Collector, readonly string[]];

/**
 * Attributes of the resource of spans behind processors of a collector: the SDK's and the collectors'.
 *
 * @param relays collectors that pass them on before, in order
 */
export function resourceOf(
  origin: SpanOrigin,
  relays: readonly Collector[],
  collector: Collector,
  processors: readonly string[],
): ResourceLabels {
  const passed: readonly PassedProcessors[] = [
    ...relays.map((relay): PassedProcessors => {
      const path = pathOut(relay.pipelines, pipelinesOfSpans(relay.pipelines), false);
      return [relay, path.flatMap((pipeline) => pipeline.processors)];
    }),
    [collector, processors],
  ];
  const attributes = sdkAttributes(origin);
  for (const [index, [through, ids]] of passed.entries()) {
    enrich(origin, through, ids, attributes, peerOf(origin.workload, relays.slice(0, index), through));
  }
  const labels = new Map<string, ResourceLabel>();
  for (const [name, { value, origin: source = { name, value } }] of attributes) {
    labels.set(name, { scope: scopeOf(source.name, source.value), value: value ?? source.value ?? '' });
  }
  return labels;
}
