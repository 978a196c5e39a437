import type { Provider } from './provider.ts';

/** What all sub-charts have in common: each is the chart `opentelemetry-collector` under another name. */
export interface SubChartValues {
  /**
   * Whether the sub-chart is installed.
   *
   * @default - agent and cluster collector are, the gateway is not
   */
  readonly enabled?: boolean;
  /**
   * Where the nodes run.
   *
   * @default - every cloud's region detector is tried
   */
  readonly provider?: Provider;
}
