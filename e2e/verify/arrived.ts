import type { StoredSpans } from '../../test/verify/support/fake-coralogix.ts';
import type { StoredSeries } from '../../test/verify/support/series-store.ts';
import type { Attributes, Series } from '../sink/shapes.ts';
import type { Sink } from '../sink/sink.ts';

const texts = (attributes: Attributes): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, String(value)]));

/** The spans of a run that the sink has received, as Coralogix stores them. */
export async function arrivedSpans(sink: Sink, run: string): Promise<StoredSpans[]> {
  return (await sink.spans(run)).map(({ resource, spans }) => ({
    service: String(resource['service.name']),
    count: spans.length,
    resource: texts(resource),
  }));
}

/** The spans of probes that the sink has received. */
export async function arrivedProbes(sink: Sink): Promise<StoredSpans[]> {
  return (await sink.spans('')).flatMap(({ resource, spans }) =>
    spans.flatMap(({ attributes }) => {
      const mark = attributes['podhost.probe'];
      return mark === undefined
        ? []
        : [{ service: String(resource['service.name']), count: 1, resource: texts(resource), mark: String(mark) }];
    }),
  );
}

/** The span metrics that the sink has received, as a metrics store spells them. */
export async function arrivedSeries(sink: Sink): Promise<StoredSeries[]> {
  return (await sink.series('calls', 'duration')).flatMap(storedSeries);
}

function storedSeries(series: Series): StoredSeries[] {
  const labels = Object.fromEntries(
    Object.entries({ ...texts(series.resource), ...texts(series.attributes) }).map(([name, value]) => [
      name.replaceAll(/\W/g, '_'),
      value,
    ]),
  );
  return series.kind === 'histogram'
    ? [...series.bounds.map(String), '+Inf'].map((le) => ({
        __name__: `${series.name}_${series.unit}_bucket`,
        le,
        ...labels,
      }))
    : [{ __name__: `${series.name}_total`, ...labels }];
}
