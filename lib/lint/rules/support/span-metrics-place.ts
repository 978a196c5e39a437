import { type Collector, spanMetricsConnectors } from '../../../model/collector/collector.ts';
import type { Place } from '../../../problems/problem.ts';

/** Where a pipeline sends its traces to be counted. */
export function spanMetricsPlace({ pipelines, place }: Collector): Place {
  const connectors = new Set(spanMetricsConnectors(pipelines));
  for (const { id, signal, exporters } of pipelines) {
    const index = signal === 'traces' ? exporters.findIndex((exporter) => connectors.has(exporter)) : -1;
    if (index >= 0) {
      return place(['service', 'pipelines', id, 'exporters', index]);
    }
  }
  return place(['connectors']);
}
