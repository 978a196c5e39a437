import type { Collector } from '../model/collector/collector.ts';
import { enriched } from '../model/enrichment/enriched.ts';
import { sdkAttributes } from '../model/enrichment/sdk-attributes.ts';
import type { SpanOrigin } from '../model/enrichment/span-origin.ts';
import { type ResourceLabels, scopeOf } from './label.ts';

/** Attributes of the resource of spans behind processors of a collector: the SDK's and the collector's. */
export function resourceOf(origin: SpanOrigin, collector: Collector, processors: readonly string[]): ResourceLabels {
  const sent = sdkAttributes(origin);
  const attributes = enriched(origin, collector, processors, sent, true).at(-1)?.resource ?? sent;
  return new Map(
    [...attributes].map(([name, { value, origin: source = { name, value } }]) => [
      name,
      { scope: scopeOf(source.name, source.value), value: value ?? source.value ?? '' },
    ]),
  );
}
