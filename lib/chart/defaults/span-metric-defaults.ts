import { chartDefaultDimensions } from '../chart-dimensions.ts';

const buckets = ['1ms', '4ms', '10ms', '20ms', '50ms', '100ms', '200ms', '500ms', '1s', '2s', '5s'];
const dimensions = chartDefaultDimensions.map((name) => ({ name }));
const on = { enabled: true };
const limits = { seriesExpiration: '5m', aggregationCardinalityLimit: 100_000 };

/** What the chart has for span metrics, off as they are. */
export const spanMetricDefaults = {
  spanMetrics: {
    serviceVersion: on,
    errorTracking: on,
    compactMetrics: on,
    dbMetrics: { enabled: true, serviceVersion: on, extraDimensions: [], compactMetrics: on },
    extraDimensions: dimensions,
    histogramBuckets: buckets,
    spanNameReplacePattern: [],
    ...limits,
  },
  spanMetricsMulti: {
    extraDimensions: dimensions,
    defaultHistogramBuckets: buckets,
    configs: [],
    ...limits,
  },
  spanMetricsSanitization: { enabled: 'auto', sanitize_url: true, sanitizeDatabases: [] },
};
