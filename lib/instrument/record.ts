import { isMapping, type Mapping } from '../yaml/value.ts';

/** An entry that was taken out, because a later one of its name hides it. */
export interface RemovedEntry {
  readonly name: string;
  /** Index in the list as it was. */
  readonly index: number;
  /** How it was written: whole lines with the comments above them, or the text between two separators. */
  readonly source: string;
  /** Lines, blank ones or comments on their own, that stood above it and stay there. */
  readonly gap?: number;
  /** The separator that went with it; undefined in a list of lines. */
  readonly separator?: string;
}

/** What was done to one container, so that it can be taken away. */
export interface ContainerRecord {
  /** Names of new variables. */
  readonly added?: readonly string[];
  /** Keys behind the text that `OTEL_RESOURCE_ATTRIBUTES` had. */
  readonly attributes?: readonly string[];
  /** How values were written that are others now, by variable. */
  readonly values?: Readonly<Record<string, string>>;
  /** How entries were written that are others now, by variable. */
  readonly entries?: Readonly<Record<string, string>>;
  /** Indexes of entries that were moved, by variable. */
  readonly moved?: Readonly<Record<string, number>>;
  /** Lines, blank ones or comments on their own, that stood above a moved entry and stay there, by variable. */
  readonly gaps?: Readonly<Record<string, number>>;
  /** Entries that were taken out, in their order. */
  readonly removed?: readonly RemovedEntry[];
  /** How the list was written that was empty, or null where there was none. */
  readonly env?: string | null;
}

/** The content of the annotation `podhost.dev/instrumented`. */
export interface InstrumentRecord {
  readonly containers: Readonly<Record<string, ContainerRecord>>;
  /** How `annotations` and `metadata` were written that were empty, or null where there were none. */
  readonly annotations?: string | null;
  readonly metadata?: string | null;
}

const version = 1;

export const recordText = (record: InstrumentRecord): string => JSON.stringify({ version, ...record });

/**
 * Reads the annotation.
 *
 * @returns undefined where podhost did not write it
 */
export function recordIn(text: string): InstrumentRecord | undefined {
  const value = parsed(text);
  if (!isMapping(value) || value['version'] !== version || !isMapping(value['containers'])) {
    return undefined;
  }
  return {
    containers: Object.fromEntries(
      Object.entries(value['containers']).flatMap(([name, entry]) =>
        isMapping(entry) ? [[name, container(entry)]] : [],
      ),
    ),
    ...source(value, 'annotations'),
    ...source(value, 'metadata'),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const container = (entry: Mapping): ContainerRecord => ({
  added: texts(entry['added']),
  attributes: texts(entry['attributes']),
  values: valuesOf(entry['values'], isText),
  entries: valuesOf(entry['entries'], isText),
  moved: valuesOf(entry['moved'], isIndex),
  gaps: valuesOf(entry['gaps'], isIndex),
  removed: removedOf(entry['removed']),
  ...source(entry, 'env'),
});

const removedOf = (written: unknown): RemovedEntry[] =>
  (Array.isArray(written) ? written : []).flatMap((entry: unknown): RemovedEntry[] => {
    const [name, index, text, gap, separator] = ['name', 'index', 'source', 'gap', 'separator'].map((key) =>
      isMapping(entry) ? entry[key] : undefined,
    );
    return isText(name) && isIndex(index) && isText(text)
      ? [
          {
            name,
            index,
            source: text,
            ...(isIndex(gap) ? { gap } : {}),
            ...(isText(separator) ? { separator } : {}),
          },
        ]
      : [];
  });

const isText = (value: unknown): value is string => typeof value === 'string';

const isIndex = (value: unknown): value is number => Number.isInteger(value);

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);

const valuesOf = <T>(value: unknown, isWanted: (entry: unknown) => entry is T): Record<string, T> =>
  isMapping(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => (isWanted(entry) ? [[key, entry]] : [])))
    : {};

function source<K extends string>(value: Mapping, key: K): { [name in K]?: string | null } {
  const found = value[key];
  const result: { [name in K]?: string | null } = {};
  if (found === null || isText(found)) {
    result[key] = found;
  }
  return result;
}
