export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @throws Error for no values */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number) => {
    const value = sorted[index];
    if (value === undefined) throw new Error('no figures');
    return value;
  };
  return {
    min: at(0),
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    max: at(sorted.length - 1),
  };
}

export const spreadText = ({ min, median, max }: Spread, digits = 2): string =>
  [min, median, max].map((value) => value.toFixed(digits)).join(' / ');
