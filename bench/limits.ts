import { figureNames, median, type Result, type Row } from './row.ts';

/** What the page of benchmarks says of a row. */
export interface PublishedRow {
  /** Ratio, or figure in its unit. */
  readonly value: number;
  readonly isReached: boolean;
}

/** The rows of the page's first table, by `keyOf`. */
export function publishedRows(page: string): ReadonlyMap<string, PublishedRow> {
  const lines = page.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(
    lines.flatMap(([, name = '', against = '', figure = '', ratio = '', , , , reached]) => {
      const value = Number.parseFloat(ratio);
      const isRow = reached === 'yes' || reached === 'no';
      return isRow ? [[[name, against, figure].join('|'), { value, isReached: reached === 'yes' }]] : [];
    }),
  );
}

export const keyOf = ({ command, against, figure }: Pick<Row, 'command' | 'against' | 'figure'>): string =>
  [command.name, against?.name ?? '', figureNames[figure]].join('|');

/** What a figure may exceed by on a machine that does other things as well. */
const tolerance = 1.5;

/** The most that a row may be in a quick run: of its goal, or of what is published while that does not reach the goal. */
export function limitOf(row: Row, published: ReadonlyMap<string, PublishedRow>): number {
  const known = published.get(keyOf(row));
  return tolerance * (known === undefined || known.isReached ? row.goal : known.value);
}

/** What a quick run judges: by the clock, or by CPU where that is less, since other work delays one side more. */
export const judgedRatio = ({ values, cpu }: Pick<Result, 'values' | 'cpu'>): number =>
  Math.min(...[median(values), median(cpu)].filter((ratio) => !Number.isNaN(ratio)));
