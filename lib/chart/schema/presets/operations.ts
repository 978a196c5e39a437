import {
  either,
  integerShape,
  type Keys,
  keys,
  list,
  mapOf,
  mapping,
  number,
  switched,
  textShape,
  texts,
  toggle,
} from '../shape.ts';

/** Presets for the cluster's objects and for the collector itself. */
export const operationPresetKeys: Keys = {
  kubernetesEvents: switched({ clusterName: textShape }),
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
      imageVersion: textShape,
      initialFallbackConfigs: texts,
      objstoreConfig: switched({
        create: toggle,
        name: textShape,
        mountPath: textShape,
        fileName: textShape,
        config: either(mapping, textShape),
      }),
    }),
    customAttributes: mapOf(textShape),
    agentType: textShape,
    clusterName: textShape,
    integrationID: textShape,
  }),
  eksFargate: keys({
    kubeletStats: keys({ collectionInterval: textShape }),
    monitoringCollector: toggle,
    initContainer: switched({ image: keys({ repository: textShape, tag: textShape }) }),
  }),
  ebpfProfiler: switched({
    reporterInterval: textShape,
    probabilisticInterval: textShape,
    probabilisticThreshold: integerShape,
    verboseMode: toggle,
    offCpuThreshold: number,
    tracers: textShape,
    samplesPerSecond: integerShape,
  }),
  zpages: switched({ endpoint: textShape }),
  pprof: switched({ endpoint: textShape }),
};
