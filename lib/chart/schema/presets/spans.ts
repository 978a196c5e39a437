import { between, either, integer, type Keys, keys, list, listOf, oneOf, switched, text, toggle } from '../shape.ts';

const signals = ['logs', 'metrics', 'traces', 'profiles'];
const renamed = keys({ regex: text, replacement: text }, { open: true, untyped: true });
const compactMetrics = { dropHistogram: toggle };

/** Presets for spans and what is counted of them. */
export const spanPresets: Keys = {
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
    seriesExpiration: text,
    aggregationCardinalityLimit: integer,
    spanNameReplacePattern: listOf(renamed),
    transformStatements: list,
    namespace: text,
    collectionInterval: text,
    metricsExpiration: text,
  }),
  spanMetricsMulti: switched({
    extraDimensions: list,
    configs: list,
    defaultHistogramBuckets: list,
    seriesExpiration: text,
    aggregationCardinalityLimit: integer,
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
    namespace: text,
    collectionInterval: text,
    metricsExpiration: text,
    spanNameReplacePattern: listOf(renamed),
  }),
  spanMetricsSanitization: keys({
    enabled: either(toggle, oneOf('auto')),
    sanitize_url: toggle,
    sanitizeDatabases: listOf(oneOf('sql', 'redis', 'memcached', 'mongo', 'opensearch', 'es')),
  }),
  transactions: switched({ waitDuration: text }),
  semconv: switched(),
  headSampling: switched({
    percentage: between(0, 100),
    mode: oneOf('proportional', 'equalizing', 'hash_seed'),
  }),
  loadBalancing: switched({
    pipelines: listOf(oneOf(...signals)),
    routingKey: text,
    hostname: text,
    k8s: switched({ service: text, ports: listOf(integer), timeout: text }),
    dnsResolverInterval: text,
    dnsResolverTimeout: text,
    awsCloudMap: keys({ enabled: toggle, namespace: text, serviceName: text, interval: text, port: integer }),
  }),
  jaegerReceiver: switched(),
  zipkinReceiver: switched(),
};
