import type { ChartValues } from '../chart-values.ts';
import type { Draft, Section } from '../draft.ts';

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
  /**
   * Texts of the values that the chart puts into YAML without quotes, or between double quotes: one that is no YAML
   * there makes helm lose all settings of the preset.
   *
   * @default - none
   */
  readonly texts?: (values: ChartValues) => {
    readonly plain?: readonly unknown[];
    readonly quoted?: readonly unknown[];
  };
  readonly apply: (draft: Draft, values: ChartValues) => void;
}

export const signals = ['logs', 'metrics', 'traces', 'profiles'] as const;

export type Signal = (typeof signals)[number];

/** The signals that a preset is for, by its list `pipelines`, where `all` is every one. */
export const signalsOf = (values: ChartValues, key: string): readonly Signal[] => {
  const named = values.texts('presets', key, 'pipelines');
  return signals.filter((signal) => named.includes('all') || named.includes(signal));
};

/** An address that the collector binds or asks, of the pod or of the node. */
export const endpoint = (values: ChartValues, variable: 'MY_POD_IP' | 'K8S_NODE_IP', port: number): string =>
  `${host(values, variable)}:${port}`;

function host(values: ChartValues, variable: string): string {
  if (variable === 'MY_POD_IP' && ['standalone', 'macos'].includes(values.distribution)) {
    return '${env:OTEL_LISTEN_INTERFACE:-127.0.0.1}';
  }
  if (variable === 'MY_POD_IP' && values.distribution === 'ecs') {
    return '0.0.0.0';
  }
  const address = `\${env:${variable}}`;
  return values.text('networkMode') === 'ipv6' ? `[${address}]` : address;
}

/** Adds components whose settings nothing here asks for. */
export function components(draft: Draft, section: Section, ...ids: readonly string[]): void {
  for (const id of ids) {
    draft.component(section, id);
  }
}
