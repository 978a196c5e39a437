import { type HopCheck, unchecked } from '../check.ts';
import type { HopId } from '../hop.ts';
import { checkCatalogue, readCatalogue } from './catalogue.ts';
import type { CoralogixClient } from './coralogix-client.ts';
import { CoralogixError } from './coralogix-error.ts';
import type { KnownService } from './known-pods.ts';
import { checkCompact, checkInfrastructure, checkMetrics } from './metric-checks.ts';
import { readSeries, type SeriesReading } from './series.ts';
import { checkEnrichment, checkSpans, ownGroups } from './span-checks.ts';
import { readSpans, type SpanReading } from './spans.ts';

export interface CheckCoralogixProps {
  readonly client: CoralogixClient;
  readonly services: readonly KnownService[];
  readonly now: Date;
  /** Whether the back end's own catalogue is read too. */
  readonly withCatalogue: boolean;
}

/** Verifies the hops of Coralogix; the checks are in the order of the services. */
export async function checkCoralogix(props: CheckCoralogixProps): Promise<HopCheck[][]> {
  const { client, services, now } = props;
  const names = [...new Set(services.map(({ service }) => service))];
  const namespaces = [...new Set(services.map(({ namespace }) => namespace))];
  const nodes = [...new Set(services.flatMap(({ pods = [] }) => pods.flatMap(({ node }) => node ?? [])))];
  const spans = await orError(() => readSpans({ client, services: names, now }));
  const isHopeless = spans instanceof CoralogixError && hopeless.includes(spans.kind);
  const series = isHopeless
    ? spans
    : await orError(() => readSeries({ client, services: names, namespaces, nodes, now }));
  const catalogue = !props.withCatalogue ? undefined : isHopeless ? spans : await orError(() => readCatalogue(client));
  return services.map((service) => [
    ...spanChecks(spans, service),
    ...seriesChecks(series, service, spans),
    ...(catalogue === undefined ? [] : checkCatalogue(catalogue, service)),
  ]);
}

/** Errors that every other query would have as well. */
const hopeless: readonly string[] = ['unauthorized', 'unreachable', 'not-coralogix', 'timeout', 'limited'];

async function orError<T>(read: () => Promise<T>): Promise<T | CoralogixError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CoralogixError) {
      return error;
    }
    throw error;
  }
}

const spanChecks = (reading: SpanReading | CoralogixError, service: KnownService): HopCheck[] =>
  reading instanceof CoralogixError
    ? notAnswered(['spans', 'enriched'], reading)
    : [checkSpans(reading, service), ...checkEnrichment(reading, service)];

function seriesChecks(
  reading: SeriesReading | CoralogixError,
  service: KnownService,
  spans: SpanReading | CoralogixError,
): HopCheck[] {
  if (reading instanceof CoralogixError) {
    return notAnswered(['metrics', 'compact', 'infrastructure'], reading);
  }
  const groups = spans instanceof CoralogixError ? [] : ownGroups(spans, service);
  const clusters = new Set(groups.flatMap(({ attributes }) => attributes.get('k8s.cluster.name') ?? []));
  return [
    ...checkMetrics(reading, service),
    checkCompact(reading, service),
    ...checkInfrastructure(reading, service, clusters),
  ];
}

/** Hops of which an error leaves nothing known. */
const notAnswered = (ids: readonly HopId[], { message, remedy }: CoralogixError): HopCheck[] =>
  ids.map((id) => unchecked(`${id}/query`, message, { remedy }));
