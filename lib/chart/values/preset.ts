/** A part of the collector's configuration that the chart writes when it is on. */
export interface Preset {
  /**
   * Whether the chart writes it.
   *
   * @default - as the chart has it for this sub-chart
   */
  readonly enabled?: boolean;
}
