import { type Command, type MeasuredProcess, measured } from './measured-process.ts';

type Figure = keyof MeasuredProcess;

/** One comparison, with the most that it may be. */
export interface Row {
  readonly command: Command;
  /**
   * What it is compared with.
   *
   * @default - nothing: the figure itself is the result, in its unit
   */
  readonly against?: Command | undefined;
  readonly figure: Figure;
  readonly goal: number;
  /** How often the two are run in turn. */
  readonly runs: number;
}

/** What a row came to: figures of both sides, and their ratios pair by pair. */
export interface Result {
  readonly row: Row;
  readonly own: readonly number[];
  readonly other: readonly number[];
  readonly values: readonly number[];
  /** Ratios of CPU, which a busy machine changes less than the clock; NaN without them. */
  readonly cpu: readonly number[];
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Runs both sides in turn, so that a machine that gets slower or faster favours none. */
export function resultOf(row: Row): Result {
  const { command, against, figure, runs } = row;
  measured(command);
  const rounds = Array.from({ length: runs }, () => {
    const own = measured(command);
    const other = against === undefined ? undefined : measured(against);
    return {
      own: own[figure] ?? Number.NaN,
      other: other === undefined ? 1 : (other[figure] ?? Number.NaN),
      cpu: (own.cpu ?? Number.NaN) / (other?.cpu ?? Number.NaN),
    };
  });
  return {
    row,
    own: rounds.map(({ own }) => own),
    other: against === undefined ? [] : rounds.map(({ other }) => other),
    values: rounds.map(({ own, other }) => own / other),
    cpu: rounds.map(({ cpu }) => cpu),
  };
}

const units: Readonly<Record<Figure, string>> = { wall: 's', cpu: 's', memory: 'MiB' };
/** Figures as the page names them. */
export const figureNames: Readonly<Record<Figure, string>> = { wall: 'time', cpu: 'CPU', memory: 'memory' };

/** A line of the table of ratios. */
export function ratioLine({ row: { command, against, figure, goal }, values, cpu }: Result): string[] {
  const unit = against === undefined ? ` ${units[figure]}` : '×';
  const shown = (value: number) => `${value.toFixed(2)}${unit}`;
  const spread = `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
  const value = median(values);
  return [
    command.name,
    against?.name ?? '',
    figureNames[figure],
    shown(value),
    spread,
    against === undefined ? '' : `${median(cpu).toFixed(2)}×`,
    `≤ ${goal}${unit}`,
    value <= goal ? 'yes' : 'no',
  ];
}

/** A line of the table of figures. */
export function figureLine({ row: { command, against, figure, runs }, own, other }: Result): string[] {
  const shown = (values: readonly number[]) =>
    values.length === 0 ? '' : `${median(values).toFixed(figure === 'memory' ? 0 : 2)} ${units[figure]}`;
  return [command.name, figureNames[figure], shown(own), against?.name ?? '', shown(other), String(runs)];
}
