import { groupBy } from '../../group-by.ts';
import { isMapping, type Mapping, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import { probeMark, probePrefix } from '../probe-mark.ts';
import type { CoralogixClient } from './coralogix-client.ts';
import { CoralogixError } from './coralogix-error.ts';
import { type DataPrimeAnswer, dataPrimeText, runDataPrime, type StorageTier } from './dataprime.ts';

/** Spans of a service that have the same values. */
export interface SpanGroup {
  readonly service: string;
  readonly spans: number;
  /** Values by attribute; an attribute that the spans do not have is missing. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** What Coralogix has of the spans of some services. */
export interface SpanReading {
  readonly byService: ReadonlyMap<string, readonly SpanGroup[]>;
  /** The query that was run, and where. */
  readonly query: string;
  readonly tiers: readonly StorageTier[];
  /** Where the resource attributes were found, e.g. `process.tags`. */
  readonly attributePath: string;
  /** Why what is not there proves nothing; undefined: the answer is whole. */
  readonly partial: string | undefined;
  /** Whether there is any span at all, of whatever service. */
  readonly hasAny: boolean;
  /** Time of the last span before, by service that has none now. */
  readonly lastSeen: ReadonlyMap<string, string>;
}

/** Attributes that the view needs, the owner's names as one. */
export const identityAttributes = ['k8s.pod.name', 'k8s.namespace.name', 'k8s.node.name'] as const;

export const ownerAttributes = [
  'k8s.deployment.name',
  'k8s.statefulset.name',
  'k8s.daemonset.name',
  'k8s.cronjob.name',
  'k8s.job.name',
] as const;

const groupedAttributes = [...identityAttributes, ...ownerAttributes, 'k8s.cluster.name'] as const;

/** Where a back end may keep resource attributes, the usual one first. */
export const attributePaths = ['process.tags', 'tags', 'resource.attributes'] as const;

/** More rows than these are not returned. */
const maximumRows = 15_000;

export const windowMinutes = 15;

export interface ReadSpansProps {
  readonly client: CoralogixClient;
  readonly services: readonly string[];
  readonly now: Date;
}

/**
 * Counts the spans of all services by their pods, in one query. What the frequent-search tier does not have is looked
 * for in the archive, for one tier alone proves nothing absent.
 */
export async function readSpans({ client, services, now }: ReadSpansProps): Promise<SpanReading> {
  const start = new Date(now.getTime() - windowMinutes * 60_000);
  const during = { start, end: now };
  const sample = await runDataPrime(client, { query: sampleQuery(services), tier: 'frequent', ...during, limit: 20 });
  const attributePath =
    attributePaths.find((path) => sample.rows.some((row) => hasAttributes(row, path))) ?? attributePaths[0];
  const query = spanQuery(services, attributePath);
  const first = await runDataPrime(client, { query, tier: 'frequent', ...during, limit: maximumRows });
  const found = groupsOf(first.rows);
  const absent = services.filter((service) => !found.some((group) => group.service === service));
  if (absent.length === 0) {
    return reading(found, { query, tiers: ['frequent'], attributePath, partial: first.partial, hasAny: true });
  }
  const archived = await archivedRows(client, { query: spanQuery(absent, attributePath), ...during });
  const all = [...found, ...groupsOf(archived.rows)];
  const still = absent.filter((service) => !all.some((group) => group.service === service));
  const hasAny = all.length > 0 || sample.rows.length > 0 || (await hasAnySpan(client, during));
  return {
    ...reading(all, {
      query,
      tiers: ['frequent', 'archive'],
      attributePath,
      partial: first.partial ?? archived.partial,
      hasAny,
    }),
    lastSeen: still.length === 0 ? new Map() : await lastSeenOf(client, still, now),
  };
}

/** The same of the archive; where that is not readable, what is not found is not known to be absent. */
async function archivedRows(
  client: CoralogixClient,
  query: { readonly query: string; readonly start: Date; readonly end: Date },
): Promise<Pick<DataPrimeAnswer, 'rows' | 'partial'>> {
  try {
    return await runDataPrime(client, { ...query, tier: 'archive', limit: maximumRows });
  } catch (error) {
    if (error instanceof CoralogixError) {
      return { rows: [], partial: `the archive was not read: ${error.message}` };
    }
    throw error;
  }
}

const reading = (groups: readonly SpanGroup[], rest: Omit<SpanReading, 'byService' | 'lastSeen'>): SpanReading => ({
  byService: groupBy(groups, ({ service }) => service),
  ...rest,
  lastSeen: new Map(),
});

const filterOf = (services: readonly string[]): string =>
  services.map((service) => `$l.serviceName == ${dataPrimeText(service)}`).join(' || ');

const sampleQuery = (services: readonly string[]): string => `source spans | filter ${filterOf(services)} | limit 20`;

/** How many spans each service has, by the values that identify its pods. */
export function spanQuery(services: readonly string[], attributePath: string): string {
  const columns = [
    ...groupedAttributes.map((name) => `$d.${attributePath}[${dataPrimeText(name)}] as ${columnOf(name)}`),
    // Spans of probes show nothing of the traffic of a service.
    `$d.tags[${dataPrimeText(probeMark)}] as ${probeColumn}`,
  ];
  return `source spans | filter ${filterOf(services)} | groupby $l.serviceName as service, ${columns.join(', ')} aggregate count() as spans`;
}

const probeColumn = 'probe';

const columnOf = (name: string): string => name.replaceAll('.', '_');

const hasAttributes = (row: Mapping, path: string): boolean => {
  const found = mappingAt(row, ...path.split('.'));
  return Object.keys(found).some((key) => key === 'service.name' || key.startsWith('k8s.'));
};

function groupsOf(rows: readonly Mapping[]): SpanGroup[] {
  return rows.flatMap((row) => {
    const service = textAt(row, 'service');
    const spans = Number(textAt(row, 'spans') ?? Number.NaN);
    const isOfProbe = textAt(row, probeColumn)?.startsWith(probePrefix) === true;
    if (service === undefined || Number.isNaN(spans) || isOfProbe) {
      return [];
    }
    const attributes = new Map(
      groupedAttributes.flatMap((name): [string, string][] => {
        const value = textAt(row, columnOf(name));
        // The frequent-search tier shows a key that is missing as empty.
        return value === undefined || value === '' || value === 'null' ? [] : [[name, value]];
      }),
    );
    return [{ service, spans, attributes }];
  });
}

async function hasAnySpan(
  client: CoralogixClient,
  during: { readonly start: Date; readonly end: Date },
): Promise<boolean> {
  const { rows } = await runDataPrime(client, {
    query: 'source spans | limit 1',
    tier: 'frequent',
    ...during,
    limit: 1,
  });
  return rows.length > 0;
}

/** When each service sent its last span within a day. */
async function lastSeenOf(
  client: CoralogixClient,
  services: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const query = `source spans | filter ${filterOf(services)} | groupby $l.serviceName as service aggregate max($m.timestamp) as last`;
  const start = new Date(now.getTime() - 24 * 60 * 60_000);
  const { rows } = await runDataPrime(client, { query, tier: 'frequent', start, end: now, limit: maximumRows });
  return new Map(
    rows.flatMap((row): [string, string][] => {
      const service = textAt(row, 'service');
      const time = timeText(valueAt(row, 'last'));
      return service === undefined || time === undefined ? [] : [[service, time]];
    }),
  );
}

/** A time of DataPrime: a text, or nanoseconds since 1970. */
function timeText(value: unknown): string | undefined {
  if (isMapping(value) || Array.isArray(value)) {
    return undefined;
  }
  const text = textAt(value) ?? '';
  const nanoseconds = /^\d{16,}$/.test(text) ? Number(text) / 1e6 : Number.NaN;
  const time = Number.isNaN(nanoseconds) ? Date.parse(text) : nanoseconds;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
