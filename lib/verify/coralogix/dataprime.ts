import { visibleLine } from '../../text/visible.ts';
import { isMapping, listAt, type Mapping, mappingAt, textAt, valueAt } from '../../yaml/value.ts';
import type { CoralogixClient } from './coralogix-client.ts';
import { CoralogixError } from './coralogix-error.ts';

export const tiers = { frequent: 'TIER_FREQUENT_SEARCH', archive: 'TIER_ARCHIVE' } as const;
export type StorageTier = keyof typeof tiers;

export interface DataPrimeQuery {
  readonly query: string;
  readonly tier: StorageTier;
  readonly start: Date;
  readonly end: Date;
  readonly limit: number;
}

/** The rows of an answer. */
export interface DataPrimeAnswer {
  readonly rows: readonly Mapping[];
  /** Why rows may be missing, so that what is not there proves nothing; undefined: the answer is whole. */
  readonly partial: string | undefined;
  /** What the server remarks. */
  readonly warnings: readonly string[];
}

/**
 * Runs a query in DataPrime.
 *
 * @throws CoralogixError when it fails, also where the status of the answer is 200
 * @see https://coralogix.com/docs/dataprime/API/direct-archive-query-http/
 */
export async function runDataPrime(client: CoralogixClient, query: DataPrimeQuery): Promise<DataPrimeAnswer> {
  try {
    return dataPrimeAnswer(client.host, await client.post(path, bodyOf(query, true)), query.limit);
  } catch (error) {
    // An old host refuses the key `syntax`, which others require.
    if (
      error instanceof CoralogixError &&
      error.kind === 'refused-query' &&
      /syntax\b/i.test(error.message) &&
      !/syntax error/i.test(error.message)
    ) {
      return dataPrimeAnswer(client.host, await client.post(path, bodyOf(query, false)), query.limit);
    }
    throw error;
  }
}

const path = '/api/v1/dataprime/query';

const bodyOf = ({ query, tier, start, end, limit }: DataPrimeQuery, withSyntax: boolean): object => ({
  query,
  metadata: {
    tier: tiers[tier],
    ...(withSyntax ? { syntax: 'QUERY_SYNTAX_DATAPRIME' } : {}),
    startDate: start.toISOString(),
    endDate: end.toISOString(),
    limit,
    defaultSource: 'spans',
  },
});

/** Reads the lines of an answer: only one that ends with a completed status is whole. */
export function dataPrimeAnswer(host: string, text: string, limit: number): DataPrimeAnswer {
  const rows: Mapping[] = [];
  const warnings: string[] = [];
  const partial: string[] = [];
  let isCompleted = false;
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const message = parsed(host, line);
    refuseError(host, message);
    for (const result of listAt(message, 'result', 'results')) {
      rows.push(rowOf(host, result));
    }
    for (const [kind, warning] of Object.entries(mappingAt(message, 'warning'))) {
      const words = warningText(kind, warning);
      (partialWarnings.has(kind) ? partial : warnings).push(words);
    }
    const status = textAt(message, 'statistics', 'status');
    if (status !== undefined) {
      if (status !== 'COMPLETED') {
        throw new CoralogixError('failed', `${host} ended the query with status ${visibleLine(status)}`);
      }
      isCompleted = true;
    }
  }
  if (!isCompleted) {
    throw new CoralogixError('cut', `the answer of ${host} ends before its last line`);
  }
  if (rows.length >= limit) {
    partial.push(`the answer has as many rows as are returned at most (${limit})`);
  }
  return { rows, partial: partial[0], warnings };
}

function parsed(host: string, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    const isPage = line.trimStart().startsWith('<');
    throw isPage
      ? new CoralogixError(
          'not-coralogix',
          `${host} answers with a web page: it is no API host of Coralogix`,
          'name the API host by --api-host',
        )
      : new CoralogixError('cut', `the answer of ${host} breaks off within a line`);
  }
}

/** An error may come with status 200, after rows that were sent already. */
function refuseError(host: string, message: unknown): void {
  const error = valueAt(message, 'error') ?? listAt(message, 'errors')[0];
  if (error === undefined || error === null) {
    return;
  }
  const words =
    textAt(error) ?? textAt(error, 'message') ?? textAt(error, 'errorMessage') ?? JSON.stringify(error).slice(0, 200);
  throw mentionsLimit(error)
    ? new CoralogixError(
        'limited',
        `${host} allows no more queries now: ${visibleLine(words)}`,
        'wait a minute, and run it again',
      )
    : new CoralogixError('failed', `${host} could not run the query: ${visibleLine(words)}`);
}

const mentionsLimit = (error: unknown): boolean => isMapping(error) && Object.hasOwn(error, 'rateLimitReached');

/** Warnings that mean that rows may be missing. */
const partialWarnings = new Set([
  'bytesScannedLimitWarning',
  'numberOfResultsLimitWarning',
  'blocksLimitWarning',
  'aggregationBucketsLimitWarning',
  'archiveWarning',
  'timeRangeWarning',
]);

function warningText(kind: string, warning: unknown): string {
  const message = textAt(warning, 'warningMessage');
  const detail = kind === 'archiveWarning' ? Object.keys(mappingAt({ warning }, 'warning')).join(', ') : '';
  return visibleLine([kind, message ?? detail].filter((part) => part !== '').join(': '));
}

/** Columns of a row; those of an aggregate are all in `userData`. */
function rowOf(host: string, result: unknown): Mapping {
  const text = textAt(result, 'userData');
  const value = text === undefined ? {} : parsed(host, text);
  return isMapping(value) ? value : {};
}

/** A text of DataPrime. */
export const dataPrimeText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
