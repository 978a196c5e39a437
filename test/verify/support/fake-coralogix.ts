import type { ServerResponse } from 'node:http';
import { loopbackServer, sendJson } from './loopback-server.ts';
import { evaluate, type StoredSeries } from './series-store.ts';

/** Spans with the same resource. */
export interface StoredSpans {
  readonly service: string;
  readonly count: number;
  /** Resource attributes. */
  readonly resource: Readonly<Record<string, string>>;
  /** Only in this tier. */
  readonly tier?: 'TIER_FREQUENT_SEARCH' | 'TIER_ARCHIVE';
  /** How long ago, in minutes. */
  readonly age?: number;
  /** Value of the attribute that marks the span of a probe. */
  readonly mark?: string;
}

export interface FakeCoralogixProps {
  readonly spans: readonly StoredSpans[];
  readonly series: readonly StoredSeries[];
  readonly key?: string;
  /** Path of the resource attributes in a span. */
  readonly attributePath?: 'process.tags' | 'tags' | 'resource.attributes';
  readonly behaviour?: CoralogixBehaviour;
  /** What the catalogue lists, by type; undefined: the key may not read it. */
  readonly catalogue?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** How the server behaves beside what it holds. */
export interface CoralogixBehaviour {
  /** Answers every query so. */
  readonly refuse?: {
    readonly status: number;
    readonly body?: string;
    readonly retryAfter?: string;
    readonly times?: number;
  };
  /** Lines at the end of every answer in DataPrime, instead of the statistics. */
  readonly lines?: readonly object[];
  /** A warning within every answer in DataPrime. */
  readonly warning?: object;
  readonly page?: boolean;
  readonly silent?: boolean;
  readonly cut?: boolean;
  /** Refuses the key `syntax`. */
  readonly refuseSyntax?: boolean;
  readonly promWarning?: string;
  /** Answers the archive with this status. */
  readonly archiveStatus?: number;
}

export interface FakeCoralogix {
  readonly url: string;
  readonly queries: string[];
  /** Values of the header `authorization` that came. */
  readonly authorizations: Set<string>;
}

export const testKey = 'cxup_key-of-the-test';

/** A stand-in for the API host of Coralogix: DataPrime as NDJSON, and PromQL. */
export async function fakeCoralogix(props: FakeCoralogixProps): Promise<FakeCoralogix> {
  const { behaviour = {} } = props;
  const queries: string[] = [];
  const authorizations = new Set<string>();
  let refusals = behaviour.refuse?.times ?? Number.POSITIVE_INFINITY;
  const { url } = await loopbackServer((request, response, body) => {
    authorizations.add(request.headers.authorization ?? '');
    if (behaviour.silent === true) {
      return;
    }
    if (behaviour.refuse !== undefined && refusals > 0) {
      refusals -= 1;
      const { status, body: text = '{"message":"refused"}', retryAfter } = behaviour.refuse;
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
      response.end(text);
    } else if (request.headers.authorization !== `Bearer ${props.key ?? testKey}`) {
      sendJson(response, 401, { message: 'invalid token' });
    } else if (behaviour.page === true) {
      response.end('<!doctype html><title>Coralogix</title>');
    } else if (request.url?.startsWith('/v2/entities/') === true) {
      const listed = props.catalogue?.[request.url.slice('/v2/entities/'.length)];
      listed === undefined
        ? sendJson(response, 403, { message: 'missing service-catalog:Read' })
        : sendJson(response, 200, { entities: listed.map((name) => ({ name, lastSeen: '2026-01-01T00:00:00Z' })) });
    } else if (request.url === '/api/v1/dataprime/query' && request.method === 'POST') {
      const asked: { query: string; metadata: Readonly<Record<string, string>> } = JSON.parse(body);
      queries.push(asked.query);
      answerDataPrime(response, props, asked.query, asked.metadata);
    } else if (request.url?.startsWith('/metrics/api/v1/query?') === true) {
      const query = new URL(request.url, url).searchParams.get('query') ?? '';
      queries.push(query);
      const result = evaluate(query, props.series);
      const warnings = behaviour.promWarning === undefined ? {} : { warnings: [behaviour.promWarning] };
      sendJson(response, 200, { status: 'success', data: { resultType: 'vector', result }, ...warnings });
    } else {
      sendJson(response, 404, { message: 'not found' });
    }
  });
  return { url, queries, authorizations };
}

function answerDataPrime(
  response: ServerResponse,
  { spans, behaviour = {}, attributePath = 'process.tags' }: FakeCoralogixProps,
  query: string,
  metadata: Readonly<Record<string, string>>,
): void {
  if (behaviour.refuseSyntax === true && metadata['syntax'] !== undefined) {
    sendJson(response, 400, { message: 'unknown field "syntax"' });
    return;
  }
  if (behaviour.archiveStatus !== undefined && metadata['tier'] === 'TIER_ARCHIVE') {
    sendJson(response, behaviour.archiveStatus, { message: 'no archive' });
    return;
  }
  const minutes = (Date.parse(metadata['endDate'] ?? '') - Date.parse(metadata['startDate'] ?? '')) / 60_000;
  const services = [...query.matchAll(/serviceName == '((?:[^'\\]|\\.)*)'/g)].map(([, name = '']) =>
    name.replaceAll(/\\(.)/g, '$1'),
  );
  const marks = [...query.matchAll(/tags\['podhost\.probe'\] == '([^']*)'/g)].map(([, mark]) => mark);
  const found = spans.filter(
    ({ service, tier, age = 0, mark }) =>
      (marks.length === 0 || marks.includes(mark)) &&
      (services.length === 0 || services.includes(service)) &&
      (tier === undefined || tier === metadata['tier']) &&
      age < minutes,
  );
  const rows = rowsOf(query, found, attributePath).slice(0, Number(metadata['limit']));
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const lines: object[] = [
    { queryId: { queryId: 'a-query' } },
    ...(behaviour.warning === undefined ? [] : [{ warning: behaviour.warning }]),
    ...rows.map((row) => ({ result: { results: [{ metadata: [], labels: [], userData: JSON.stringify(row) }] } })),
    ...(behaviour.lines ?? [{ statistics: { status: 'COMPLETED', outputRowCount: String(rows.length) } }]),
  ];
  response.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  behaviour.cut === true ? setImmediate(() => response.destroy()) : response.end();
}

function rowsOf(query: string, spans: readonly StoredSpans[], attributePath: string): object[] {
  if (query.includes('max($m.timestamp)')) {
    return spans.map(({ service, age = 0 }) => ({ service, last: (Date.now() - age * 60_000) * 1e6 }));
  }
  if (!query.includes('groupby')) {
    return spans.map(({ service, resource, mark }) => {
      const ofResource = { 'service.name': service, ...resource };
      const ofSpan = mark === undefined ? {} : { 'podhost.probe': mark };
      return {
        serviceName: service,
        ...(attributePath === 'tags'
          ? { tags: { ...ofResource, ...ofSpan } }
          : { ...nested(attributePath, ofResource), tags: ofSpan }),
      };
    });
  }
  const columns = [...query.matchAll(/\$d\.([\w.]+)\['([\w.]+)'\] as (\w+)/g)];
  return spans.map(({ service, count, resource, mark }) => ({
    service,
    spans: count,
    ...Object.fromEntries(
      columns.map(([, path, name = '', column = '']) => [
        column,
        name === 'podhost.probe' ? (mark ?? null) : path === attributePath ? (resource[name] ?? null) : null,
      ]),
    ),
  }));
}

const nested = (path: string, value: object): object =>
  path.split('.').reduceRight<object>((inner, key) => ({ [key]: inner }), value);
