import type { Preset } from './preset.ts';

/** What is sent to Coralogix from this sub-chart itself. */
export interface CoralogixExporterPreset extends Preset {
  /**
   * Signals that are sent.
   *
   * @default ['all']
   */
  readonly pipelines?: readonly ('all' | 'logs' | 'metrics' | 'traces' | 'profiles' | 'none')[];
}
