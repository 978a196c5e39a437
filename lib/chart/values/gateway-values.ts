import type { ResourceDetectionPreset } from './resource-detection-preset.ts';
import type { SubChartValues } from './sub-chart-values.ts';
import type { TailSamplingPolicy } from './tail-sampling-policy.ts';

/** The collectors that see whole traces and decide which to keep. */
export interface GatewayValues extends SubChartValues {
  /**
   * What the chart configures.
   *
   * @default - the chart's own choice
   */
  readonly presets?: { readonly resourceDetection?: ResourceDetectionPreset };
  /**
   * Merged over what the chart configures.
   *
   * @default - no policies, with which the gateway does not start
   */
  readonly config?: {
    readonly processors: { readonly tail_sampling: { readonly policies: readonly TailSamplingPolicy[] } };
  };
}
