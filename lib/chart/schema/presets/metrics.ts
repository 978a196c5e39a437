import {
  choiceOf,
  integerShape,
  type Keys,
  keys,
  listOf,
  mapOf,
  mappings,
  switched,
  textShape,
  texts,
  toggle,
} from '../shape.ts';

const interval = { collectionInterval: textShape };

/** Presets for metrics of the cluster, of nodes and of programs. */
export const metricPresetKeys: Keys = {
  hostMetrics: switched({ process: switched(), ...interval }),
  kubeletMetrics: switched(interval),
  clusterMetrics: switched({ customMetrics: switched(), ...interval }),
  kubernetesExtraMetrics: switched({ perNode: toggle, scrapeAll: toggle }),
  kubernetesApiServerMetrics: switched({ scrapeAll: toggle }),
  deltaToCumulative: switched({ maxStale: textShape, maxStreams: integerShape }),
  collectorMetrics: keys(
    {
      enabled: toggle,
      pipeline: choiceOf('metrics', 'none'),
      scrapeInterval: textShape,
      disablePrometheusReceiver: toggle,
    },
    { open: true },
  ),
  prometheusMulti: keys(
    {
      enabled: toggle,
      scrapeInterval: textShape,
      targets: listOf(
        keys(
          {
            name: textShape,
            applicationName: textShape,
            subsystemName: textShape,
            ip: textShape,
            port: integerShape,
            extraLabels: mapOf(textShape),
          },
          { required: ['name', 'port'] },
        ),
      ),
    },
    { open: true },
  ),
  prometheusAnnotationDiscovery: switched({
    scrapeInterval: textShape,
    observePods: toggle,
    observeServices: toggle,
    enableServiceRule: toggle,
  }),
  mysql: keys({
    metrics: switched({ instances: mappings }),
    extraLogs: switched({
      mountPath: textShape,
      volumeMountName: textShape,
      logFilesPath: textShape,
      logFilesExtension: textShape,
    }),
  }),
  systemdReceiver: switched({ ...interval, scope: choiceOf('system', 'user'), units: texts }),
  iisReceiver: switched(interval),
  statsdReceiver: switched(),
  awsecscontainermetricsdReceiver: switched(),
};
