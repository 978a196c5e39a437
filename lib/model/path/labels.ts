import { foldedName, reservedDimensions } from '../../pipeline/dimension-clashes.ts';
import { dimensionsOf } from '../../pipeline/dimensions.ts';
import { listAt, mappingAt } from '../../yaml/value.ts';
import type { Attributes } from '../enrichment/attribute.ts';
import type { ConnectorCount } from './collector-path.ts';
import { enrichmentAfter } from './enrichment.ts';
import type { SeriesLabel } from './series/label.ts';
import type { SpanPath } from './span-path.ts';

/** What the labels of every series say of a span, but for its service. */
const meaning: Readonly<Record<Exclude<(typeof reservedDimensions)[number], 'service.name'>, string>> = {
  'span.name': "the span's name",
  'span.kind': "the span's kind, e.g. SPAN_KIND_SERVER",
  'status.code': 'STATUS_CODE_UNSET, _OK or _ERROR',
  'collector.instance.id': 'the collector, anew at every start',
};

/** Labels of what a connector counts: what every series has, the dimensions, and the attributes of the resource. */
export function labelsOf(spanPath: SpanPath, count: ConnectorCount): SeriesLabel[] {
  const settings = mappingAt(count.collector.config, 'connectors', count.connector);
  const excluded = listAt(settings, 'exclude_dimensions');
  const resource = resourceOfSeries(spanPath, count);
  const dimensions = dimensionsOf(settings).map(({ name, fallback }) =>
    dimensionLabel(name, fallback, count.enrichment.resource),
  );
  const own = reservedDimensions
    .filter((name) => !excluded.includes(name))
    .map((name) => (name === 'service.name' ? resourceLabel(name, resource) : label(name, meaning[name])));
  return folded([...own, ...dimensions, ...[...resource.keys()].map((name) => resourceLabel(name, resource))]);
}

/** The attributes that become labels of `calls_total`. */
export function labelledAttributes(spanPath: SpanPath, count: ConnectorCount): ReadonlySet<string> {
  const settings = mappingAt(count.collector.config, 'connectors', count.connector);
  const excluded = listAt(settings, 'exclude_dimensions');
  return new Set([
    ...reservedDimensions.filter((name) => !excluded.includes(name)),
    ...count.collector.dimensions.map(({ name }) => name),
    ...resourceOfSeries(spanPath, count).keys(),
  ]);
}

/** What the pipeline of the metrics does to the resource comes on top; no connection of the pod reaches it. */
const resourceOfSeries = (
  spanPath: SpanPath,
  { collector, connector, consumer, enrichment }: ConnectorCount,
): Attributes =>
  consumer === undefined
    ? enrichment.resource
    : enrichmentAfter(spanPath, collector, [consumer], enrichment, { kind: 'none', by: connector }).resource;

const label = (name: string, from: string, value?: string): SeriesLabel => ({
  name: foldedName(name),
  attributes: [name],
  ...(value === undefined ? {} : { value }),
  from,
});

function resourceLabel(name: string, resource: Attributes): SeriesLabel {
  const attribute = resource.get(name);
  return label(name, attribute?.from ?? 'the resource', attribute?.value);
}

function dimensionLabel(name: string, fallback: string | undefined, resource: Attributes): SeriesLabel {
  return resource.has(name)
    ? resourceLabel(name, resource)
    : label(name, `the span's ${name}, ${fallback === undefined ? 'where it has one' : `else ${fallback}`}`);
}

/** One label for attributes whose names the store makes one of. */
function folded(labels: readonly SeriesLabel[]): SeriesLabel[] {
  const found = new Map<string, SeriesLabel>();
  for (const each of labels) {
    const before = found.get(each.name);
    const attributes = [...new Set([...(before?.attributes ?? []), ...each.attributes])];
    const from =
      before === undefined || before.attributes.includes(each.attributes[0] ?? '')
        ? (before ?? each).from
        : `${before.from}; or ${each.from}`;
    found.set(each.name, { ...(before ?? each), attributes, from });
  }
  return [...found.values()];
}
