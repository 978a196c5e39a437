import type { Collector } from '../model/collector/collector.ts';
import type { Attributes } from '../model/enrichment/attribute.ts';
import { enriched } from '../model/enrichment/enriched.ts';
import { peerOf } from '../model/enrichment/pod-lookup.ts';
import { sdkAttributes } from '../model/enrichment/sdk-attributes.ts';
import type { SpanOrigin } from '../model/enrichment/span-origin.ts';
import { pathOut } from '../pipeline/exporters.ts';
import { pipelinesOfSpans } from '../pipeline/spans.ts';
import { type ResourceLabels, scopeOf } from './label.ts';

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
  const attributes = passed.reduce<Attributes>((before, [through, ids], index) => {
    const peer = peerOf(origin.workload, relays.slice(0, index), through);
    return enriched(origin, through, ids, before, peer).at(-1)?.resource ?? before;
  }, sdkAttributes(origin));
  return new Map(
    [...attributes].map(([name, { value, origin: source = { name, value } }]) => [
      name,
      { scope: scopeOf(source.name, source.value), value: value ?? source.value ?? '' },
    ]),
  );
}
