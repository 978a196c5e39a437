import { keys } from '../shape.ts';
import { enrichmentPresets } from './enrichment.ts';
import { exporterPresetKeys } from './exporters.ts';
import { logPresetKeys } from './logs.ts';
import { metricPresetKeys } from './metrics.ts';
import { operationPresetKeys } from './operations.ts';
import { spanPresetKeys } from './spans.ts';

/** What stands below `presets`. */
export const presets = keys({
  ...spanPresetKeys,
  ...metricPresetKeys,
  ...logPresetKeys,
  ...enrichmentPresets,
  ...exporterPresetKeys,
  ...operationPresetKeys,
});
