import { serviceVersionDimension } from '../chart-dimensions.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { dimensionsNamed, spanMetricsConnector } from './span-metrics-connector.ts';
import type { Extras } from './span-metrics-extras.ts';

/** Metrics of the calls of databases, in a pipeline of their own. */
export function addDatabaseMetrics(draft: Draft, values: ChartValues, { preset, buckets }: Extras): string[] {
  const on = (...path: readonly string[]) => values.has('presets', preset, 'dbMetrics', ...path);
  if (!on('enabled')) {
    return [];
  }
  const dimensions = [
    ...dimensionsNamed('db.namespace', 'db.operation.name', 'db.collection.name', 'db.system'),
    ...(on('serviceVersion', 'enabled') ? dimensionsNamed(serviceVersionDimension) : []),
    ...values.list('presets', preset, 'dbMetrics', 'extraDimensions'),
  ];
  const connector = spanMetricsConnector(values, { preset, namespace: 'db', buckets, dimensions });
  const transform = on('transformStatements') ? ['transform/db'] : [];
  draft.component('connectors', 'spanmetrics/db', connector);
  draft.component('connectors', 'forward/db');
  for (const processor of ['filter/db_spanmetrics', ...transform]) {
    draft.component('processors', processor);
  }
  draft.pipeline('traces/db', {
    receivers: ['forward/db'],
    processors: ['filter/db_spanmetrics', ...transform, 'batch'],
    exporters: ['spanmetrics/db'],
  });
  draft.append('metrics', 'receivers', 'spanmetrics/db');
  return ['forward/db'];
}
