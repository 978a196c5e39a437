import {
  either,
  integer,
  type Keys,
  keys,
  list,
  mapOf,
  mapping,
  number,
  switched,
  text,
  texts,
  toggle,
} from '../shape.ts';

/** Presets for the cluster's objects and for the collector itself. */
export const operationPresets: Keys = {
  kubernetesEvents: switched({ clusterName: text }),
  kubernetesResources: switched({
    filterWorkflows: switched(),
    filterStatements: list,
    transformStatements: list,
    dropManagedFields: switched(),
    periodicCollection: switched(),
  }),
  hostEntityEvents: switched(),
  fleetManagement: switched({
    supervisor: switched({
      minimalCollectorConfig: toggle,
      imageVersion: text,
      initialFallbackConfigs: texts,
      objstoreConfig: switched({
        create: toggle,
        name: text,
        mountPath: text,
        fileName: text,
        config: either(mapping, text),
      }),
    }),
    customAttributes: mapOf(text),
    agentType: text,
    clusterName: text,
    integrationID: text,
  }),
  eksFargate: keys({
    kubeletStats: keys({ collectionInterval: text }),
    monitoringCollector: toggle,
    initContainer: switched({ image: keys({ repository: text, tag: text }) }),
  }),
  ebpfProfiler: switched({
    reporterInterval: text,
    probabilisticInterval: text,
    probabilisticThreshold: integer,
    verboseMode: toggle,
    offCpuThreshold: number,
    tracers: text,
    samplesPerSecond: integer,
  }),
  zpages: switched({ endpoint: text }),
  pprof: switched({ endpoint: text }),
};
