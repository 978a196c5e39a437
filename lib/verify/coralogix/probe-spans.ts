import { type Mapping, mappingAt, textAt } from '../../yaml/value.ts';
import { probeMark } from '../probe-mark.ts';
import type { CoralogixClient } from './coralogix-client.ts';
import { CoralogixError } from './coralogix-error.ts';
import { dataPrimeText, runDataPrime, type StorageTier } from './dataprime.ts';
import { attributePaths } from './spans.ts';

/** The spans of probes that have arrived. */
export interface ProbeAnswer {
  /** Attributes of one span by the mark of its probe. */
  readonly found: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Why what is not there proves nothing; undefined: the answer is whole. */
  readonly partial: string | undefined;
  readonly query: string;
}

export interface ReadProbeSpansProps {
  readonly marks: readonly string[];
  readonly now: Date;
  /** Whether the archive is read too for marks that the frequent-search tier does not have. */
  readonly withArchive: boolean;
}

/** Spans of the last minutes are enough: probes were sent in this run. */
const windowMinutes = 15;

/**
 * Looks for the marks of all probes in one query.
 *
 * @throws CoralogixError when the query fails
 */
export async function readProbeSpans(
  client: CoralogixClient,
  { marks, now, withArchive }: ReadProbeSpansProps,
): Promise<ProbeAnswer> {
  const query = probeQuery(marks);
  const start = new Date(now.getTime() - windowMinutes * 60_000);
  // Each trace has two spans.
  const limit = 4 * marks.length + 10;
  const read = (tier: StorageTier) => runDataPrime(client, { query, tier, start, end: now, limit });
  const { rows, partial } = await read('frequent');
  const found = foundIn(rows);
  if (!withArchive || marks.every((mark) => found.has(mark))) {
    return { found, partial, query };
  }
  try {
    const archived = await read('archive');
    return { found: new Map([...foundIn(archived.rows), ...found]), partial: partial ?? archived.partial, query };
  } catch (error) {
    if (error instanceof CoralogixError) {
      return { found, partial: `the archive was not read: ${error.message}`, query };
    }
    throw error;
  }
}

/** The spans with one of some marks. */
export const probeQuery = (marks: readonly string[]): string =>
  `source spans | filter ${marks.map((mark) => `$d.tags[${dataPrimeText(probeMark)}] == ${dataPrimeText(mark)}`).join(' || ')}`;

const foundIn = (rows: readonly Mapping[]): Map<string, ReadonlyMap<string, string>> =>
  new Map(
    rows.flatMap((row): [string, ReadonlyMap<string, string>][] => {
      const mark = textAt(row, 'tags', probeMark);
      return mark === undefined ? [] : [[mark, attributesOf(row)]];
    }),
  );

const attributesOf = (row: Mapping): ReadonlyMap<string, string> =>
  new Map(
    attributePaths.flatMap((path) =>
      Object.keys(mappingAt(row, ...path.split('.'))).flatMap((name): [string, string][] => {
        const value = textAt(row, ...path.split('.'), name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
