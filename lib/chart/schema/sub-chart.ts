import { objectKeys } from './objects.ts';
import { podKeys, resources } from './pods.ts';
import { presets } from './presets/index.ts';
import { integer, keys, mapOf, mapping, mappings, oneOf, text, texts, toggle } from './shape.ts';
import { targetAllocator } from './target-allocator.ts';

const pipeline = keys({}, { receivers: texts, processors: texts, exporters: texts }, { open: true });

/**
 * What the schema of the chart `opentelemetry-collector` 0.135.4 takes, which `otel-integration` 0.0.331 installs under
 * several names: helm refuses to install anything else. Names and kinds of values only.
 *
 * @see https://github.com/coralogix/opentelemetry-helm-charts/blob/main/charts/opentelemetry-collector/values.schema.json
 */
export const collectorSubChart = keys(
  {
    global: mapping,
    distribution: text,
    provider: text,
    nameOverride: text,
    fullnameOverride: text,
    namespaceOverride: text,
    isWindows: toggle,
    mode: oneOf('daemonset', 'deployment', 'statefulset', ''),
    presets,
    config: mapping,
    configMap: keys({ create: toggle }, {}, { open: true }),
    extraConfig: keys(
      {},
      {
        receivers: mapping,
        processors: mapping,
        exporters: mapping,
        connectors: mapping,
        service: keys({}, { pipelines: mapOf(pipeline) }, { open: true }),
      },
    ),
    collectorCRD: keys({ generate: toggle, updateStrategy: oneOf('automatic', 'none', ''), resources }),
    targetAllocator,
    ...podKeys,
    ...objectKeys,
    replicaCount: integer,
    revisionHistoryLimit: integer,
    annotations: mapping,
    additionalLabels: mapping,
    statefulset: keys({ volumeClaimTemplates: mappings, podManagementPolicy: text }, {}, { open: true }),
    useGOMEMLIMIT: toggle,
  },
  { enabled: toggle, extraConfigMapMounts: mappings, extraHostPathMounts: mappings, secretMounts: mappings },
  { required: ['mode'] },
);
