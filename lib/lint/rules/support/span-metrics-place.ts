import type { Collector } from '../../../model/collector/collector.ts';
import { spanMetricsConnectors } from '../../../pipeline/connectors.ts';
import type { Place } from '../../../problems/problem.ts';

/** Where a pipeline sends its traces to be counted. */
export function spanMetricsPlace({ pipelines, place }: Collector): Place {
  const connectors = spanMetricsConnectors(pipelines);
  for (const { id, signal, exporters } of pipelines) {
    const index = signal === 'traces' ? exporters.findIndex((exporter) => connectors.includes(exporter)) : -1;
    if (index >= 0) {
      return place(['service', 'pipelines', id, 'exporters', index]);
    }
  }
  return place(['connectors']);
}
