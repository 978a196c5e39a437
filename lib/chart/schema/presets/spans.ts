import {
  between,
  choiceOf,
  either,
  integerShape,
  type Keys,
  keys,
  list,
  listOf,
  switched,
  textShape,
  toggle,
} from '../shape.ts';

const signals = ['logs', 'metrics', 'traces', 'profiles'];
const renamed = keys({ regex: textShape, replacement: textShape }, { open: true, untyped: true });
const compactMetrics = { dropHistogram: toggle };

/** Presets for spans and what is counted of them. */
export const spanPresetKeys: Keys = {
  spanMetrics: switched({
    serviceVersion: switched(),
    errorTracking: switched(),
    dbMetrics: switched({
      serviceVersion: switched(),
      extraDimensions: list,
      compactMetrics: switched(compactMetrics),
      transformStatements: list,
    }),
    compactMetrics: switched(compactMetrics),
    extraDimensions: list,
    histogramBuckets: list,
    seriesExpiration: textShape,
    aggregationCardinalityLimit: integerShape,
    spanNameReplacePattern: listOf(renamed),
    transformStatements: list,
    namespace: textShape,
    collectionInterval: textShape,
    metricsExpiration: textShape,
  }),
  spanMetricsMulti: switched({
    extraDimensions: list,
    configs: list,
    defaultHistogramBuckets: list,
    seriesExpiration: textShape,
    aggregationCardinalityLimit: integerShape,
    serviceVersion: keys({ enabled: toggle }),
    errorTracking: keys({ enabled: toggle }),
    dbMetrics: keys({
      enabled: toggle,
      serviceVersion: keys({ enabled: toggle }),
      transformStatements: list,
      extraDimensions: list,
      compactMetrics: keys({ enabled: toggle, ...compactMetrics }),
    }),
    compactMetrics: keys({ enabled: toggle, ...compactMetrics }),
    transformStatements: list,
    namespace: textShape,
    collectionInterval: textShape,
    metricsExpiration: textShape,
    spanNameReplacePattern: listOf(renamed),
  }),
  spanMetricsSanitization: keys({
    enabled: either(toggle, choiceOf('auto')),
    sanitize_url: toggle,
    sanitizeDatabases: listOf(choiceOf('sql', 'redis', 'memcached', 'mongo', 'opensearch', 'es')),
  }),
  transactions: switched({ waitDuration: textShape }),
  semconv: switched(),
  headSampling: switched({
    percentage: between(0, 100),
    mode: choiceOf('proportional', 'equalizing', 'hash_seed'),
  }),
  loadBalancing: switched({
    pipelines: listOf(choiceOf(...signals)),
    routingKey: textShape,
    hostname: textShape,
    k8s: switched({ service: textShape, ports: listOf(integerShape), timeout: textShape }),
    dnsResolverInterval: textShape,
    dnsResolverTimeout: textShape,
    awsCloudMap: keys({
      enabled: toggle,
      namespace: textShape,
      serviceName: textShape,
      interval: textShape,
      port: integerShape,
    }),
  }),
  jaegerReceiver: switched(),
  zipkinReceiver: switched(),
};
