import type { Path } from '../../yaml/value.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import { dimensionsNamed, spanMetricsConnector } from './span-metrics-connector.ts';
import type { Extras } from './span-metrics-extras.ts';

/** A kind of span metrics that has fewer labels than the main ones. */
export interface Compact {
  readonly name: string;
  /** Where its settings stand below the preset. */
  readonly settings: Path;
  /** Labels that it leaves out. */
  readonly without: readonly string[];
  readonly dimensions: readonly string[];
  readonly processors: readonly string[];
  /** Processors that leave only sum and count, where that is wanted. */
  readonly dropHistogram: readonly string[];
}

export function addCompactMetrics(draft: Draft, values: ChartValues, extras: Extras, kind: Compact): string[] {
  const { name } = kind;
  const on = (key: string) => values.has('presets', extras.preset, ...kind.settings, key);
  if (!on('enabled')) {
    return [];
  }
  const { preset, buckets } = extras;
  const dimensions = dimensionsNamed(...kind.dimensions);
  const connector = spanMetricsConnector(values, {
    preset,
    namespace: name,
    buckets,
    dimensions,
    without: kind.without,
  });
  const dropHistogram = on('dropHistogram') ? kind.dropHistogram : [];
  draft.component('connectors', `spanmetrics/${name}`, connector);
  draft.component('connectors', `forward/${name}`);
  for (const processor of [...kind.processors, ...dropHistogram]) {
    draft.component('processors', processor);
  }
  draft.pipeline(`traces/${name}`, {
    receivers: [`forward/${name}`],
    processors: [...kind.processors, 'batch'],
    exporters: [`spanmetrics/${name}`],
  });
  draft.pipeline(`metrics/${name}`, {
    receivers: [`spanmetrics/${name}`],
    processors: ['memory_limiter', extras.transform, ...dropHistogram, 'batch'],
    exporters: ['coralogix'],
  });
  return [`forward/${name}`];
}
