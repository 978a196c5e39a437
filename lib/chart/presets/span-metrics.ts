import { errorTrackingDimensions, serviceVersionDimension } from '../chart-dimensions.ts';
import type { ChartValues } from '../chart-values.ts';
import type { Draft } from '../draft.ts';
import type { Preset } from './preset.ts';
import { dimensionsNamed, spanMetricsConnector } from './span-metrics-connector.ts';
import { addSpanMetricsExtras } from './span-metrics-extras.ts';

const key = 'spanMetrics';
const buckets = ['presets', key, 'histogramBuckets'];

/** Metrics of requests, errors and durations, made of spans. */
export const spanMetrics: Preset = {
  key,
  apply(draft, values) {
    const namespace = values.text('presets', key, 'namespace') ?? '';
    const main = { preset: key, namespace, buckets, dimensions: dimensions(values) };
    draft.component('connectors', 'spanmetrics', spanMetricsConnector(values, main));
    draft.component('processors', 'transform/spanmetrics');
    draft.append('traces', 'exporters', 'spanmetrics');
    draft.append('traces', 'processors', 'transform/spanmetrics');
    draft.append('metrics', 'receivers', 'spanmetrics');
    draft.append('metrics', 'processors', 'transform/spanmetrics');
    const extras = { preset: key, buckets, transform: 'transform/spanmetrics' };
    draft.append('traces', 'exporters', ...addSpanMetricsExtras(draft, values, extras));
    replaceNames(draft, values, key);
  },
};

/** Makes the names of spans fewer, before anything else looks at them. */
export function replaceNames(draft: Draft, values: ChartValues, preset: string): void {
  if (values.has('presets', preset, 'spanNameReplacePattern')) {
    draft.component('processors', 'transform/span_name');
    draft.replace('traces', 'processors', ['transform/span_name', ...draft.ids('traces', 'processors')]);
  }
}

const dimensions = (values: ChartValues): readonly unknown[] => [
  ...values.list('presets', key, 'extraDimensions'),
  ...(values.has('presets', key, 'errorTracking', 'enabled') ? dimensionsNamed(...errorTrackingDimensions) : []),
  ...(values.has('presets', key, 'serviceVersion', 'enabled') ? dimensionsNamed(serviceVersionDimension) : []),
];
