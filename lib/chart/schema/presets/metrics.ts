import { integer, type Keys, keys, listOf, mapOf, mappings, oneOf, switched, text, texts, toggle } from '../shape.ts';

const interval = { collectionInterval: text };

/** Presets for metrics of the cluster, of nodes and of programs. */
export const metricPresets: Keys = {
  hostMetrics: switched({ process: switched(), ...interval }),
  kubeletMetrics: switched(interval),
  clusterMetrics: switched({ customMetrics: switched(), ...interval }),
  kubernetesExtraMetrics: switched({ perNode: toggle, scrapeAll: toggle }),
  kubernetesApiServerMetrics: switched({ scrapeAll: toggle }),
  deltaToCumulative: switched({ maxStale: text, maxStreams: integer }),
  collectorMetrics: keys(
    {
      enabled: toggle,
      pipeline: oneOf('metrics', 'none'),
      scrapeInterval: text,
      disablePrometheusReceiver: toggle,
    },
    { open: true },
  ),
  prometheusMulti: keys(
    {
      enabled: toggle,
      scrapeInterval: text,
      targets: listOf(
        keys(
          {
            name: text,
            applicationName: text,
            subsystemName: text,
            ip: text,
            port: integer,
            extraLabels: mapOf(text),
          },
          { required: ['name', 'port'] },
        ),
      ),
    },
    { open: true },
  ),
  prometheusAnnotationDiscovery: switched({
    scrapeInterval: text,
    observePods: toggle,
    observeServices: toggle,
    enableServiceRule: toggle,
  }),
  mysql: keys({
    metrics: switched({ instances: mappings }),
    extraLogs: switched({ mountPath: text, volumeMountName: text, logFilesPath: text, logFilesExtension: text }),
  }),
  systemdReceiver: switched({ ...interval, scope: oneOf('system', 'user'), units: texts }),
  iisReceiver: switched(interval),
  statsdReceiver: switched(),
  awsecscontainermetricsdReceiver: switched(),
};
