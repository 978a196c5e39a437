import type { Preset } from './preset.ts';

/**
 * What the collector finds out about where it runs.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/resourcedetectionprocessor
 */
export interface ResourceDetectionPreset extends Preset {
  readonly detectors?: {
    /**
     * Detectors of `resourcedetection/env`. The collector does not start when one of them fails.
     *
     * @default - `system` and `env`; with the provider `on-prem` also `k8snode`, which must be allowed to get nodes
     */
    readonly env?: readonly string[];
  };
}
