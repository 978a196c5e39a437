import { keys } from '../shape.ts';
import { enrichmentPresets } from './enrichment.ts';
import { exporterPresets } from './exporters.ts';
import { logPresets } from './logs.ts';
import { metricPresets } from './metrics.ts';
import { operationPresets } from './operations.ts';
import { spanPresets } from './spans.ts';

/** What stands below `presets`. */
export const presets = keys({
  ...spanPresets,
  ...metricPresets,
  ...logPresets,
  ...enrichmentPresets,
  ...exporterPresets,
  ...operationPresets,
});
