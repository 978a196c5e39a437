import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';

/** A part of the collector's configuration that the chart writes when it is on. */
export interface Preset {
  /** Its key below `presets`. */
  readonly key: string;
  /**
   * Whether it is on.
   *
   * @default - `presets.KEY.enabled`
   */
  readonly isOn?: (values: ChartValues) => boolean;
  readonly apply: (draft: Draft, values: ChartValues) => void;
}

export const signals = ['logs', 'metrics', 'traces', 'profiles'] as const;

export type Signal = (typeof signals)[number];

/** The signals that a preset is for, by its list `pipelines`, where `all` is every one. */
export const signalsOf = (values: ChartValues, key: string): readonly Signal[] => {
  const named = values.texts('presets', key, 'pipelines');
  return signals.filter((signal) => named.includes('all') || named.includes(signal));
};
