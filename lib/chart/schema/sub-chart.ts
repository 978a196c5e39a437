import { objectKeys } from './objects.ts';
import { image, podKeys, resources } from './pods.ts';
import { presets } from './presets/index.ts';
import {
  anything,
  choiceOf,
  integerShape,
  keys,
  mapOf,
  mapping,
  mappings,
  switched,
  textShape,
  texts,
  toggle,
} from './shape.ts';

const strategy = choiceOf('least-weighted', 'consistent-hashing', 'per-node', '');
const probe = keys({
  initialDelaySeconds: integerShape,
  periodSeconds: integerShape,
  timeoutSeconds: integerShape,
  failureThreshold: integerShape,
  successThreshold: integerShape,
});

/** The part that hands scrape targets to the collectors. */
const targetAllocator = switched({
  replicas: integerShape,
  nodeSelector: mapping,
  tolerations: mappings,
  affinity: mapping,
  volumeMounts: mappings,
  volumes: mappings,
  podLabels: mapping,
  serviceMonitor: switched({ extraLabels: mapping }),
  pdb: keys({ create: toggle, maxUnavailable: textShape }),
  livenessProbe: probe,
  readinessProbe: probe,
  minReadySeconds: integerShape,
  prometheusCR: switched({
    serviceMonitorNamespaceSelector: mapping,
    podMonitorNamespaceSelector: mapping,
    podMonitorSelector: anything,
    serviceMonitorSelector: anything,
    probeSelector: anything,
    probeNamespaceSelector: anything,
    scrapeInterval: textShape,
  }),
  scrapeConfigs: mappings,
  allocationStrategy: strategy,
  allocationFallbackStrategy: strategy,
  image,
  serviceAccount: textShape,
  resources,
});

const pipeline = keys({ receivers: texts, processors: texts, exporters: texts }, { open: true });

/**
 * What the schema of the chart `opentelemetry-collector` 0.135.4 takes, which `otel-integration` 0.0.331 installs under
 * several names: helm refuses to install anything else. Names and kinds of values only.
 *
 * @see https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.schema.json
 */
export const collectorSubChart = keys(
  {
    global: mapping,
    distribution: textShape,
    provider: textShape,
    nameOverride: textShape,
    fullnameOverride: textShape,
    namespaceOverride: textShape,
    isWindows: toggle,
    mode: choiceOf('daemonset', 'deployment', 'statefulset', ''),
    presets,
    config: mapping,
    configMap: keys({ create: toggle }, { open: true }),
    extraConfig: keys({
      receivers: mapping,
      processors: mapping,
      exporters: mapping,
      connectors: mapping,
      service: keys({ pipelines: mapOf(pipeline) }, { open: true }),
    }),
    collectorCRD: keys({ generate: toggle, updateStrategy: choiceOf('automatic', 'none', ''), resources }),
    targetAllocator,
    ...podKeys,
    ...objectKeys,
    replicaCount: integerShape,
    revisionHistoryLimit: integerShape,
    annotations: mapping,
    additionalLabels: mapping,
    statefulset: keys({ volumeClaimTemplates: mappings, podManagementPolicy: textShape }, { open: true }),
    useGOMEMLIMIT: toggle,
    enabled: toggle,
    extraConfigMapMounts: mappings,
    extraHostPathMounts: mappings,
    secretMounts: mappings,
  },
  { required: ['mode'] },
);
