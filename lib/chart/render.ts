import { parseYaml } from '../yaml/parse.ts';
import { kubernetesSchema } from '../yaml/schema.ts';
import { isMapping, type Mapping } from '../yaml/value.ts';
import type { ChartValues } from './chart-values.ts';
import { Draft } from './draft.ts';
import { attributePresets as attributes } from './presets/attributes.ts';
import { catalogPresets } from './presets/catalog.ts';
import { exporterPresets as exporters } from './presets/exporters.ts';
import { logPresets as logs } from './presets/logs.ts';
import { metricPresets as metrics } from './presets/metrics.ts';
import { finish, operationPresets as operations } from './presets/operations.ts';
import type { Preset } from './presets/preset.ts';
import { profilePresets as profiles } from './presets/profiles.ts';
import { receiverPresets as receivers } from './presets/receivers.ts';
import { resourceDetectionPreset } from './presets/resource-detection.ts';
import { spanMetricPresets } from './presets/span-metrics.ts';
import { spanPresets as spans } from './presets/spans.ts';
import { fieldOf, isNothing, isTrue, printed, TemplateError, wantMapping } from './template.ts';

const collection: readonly Preset[] = [
  logs.ecsLogsCollection,
  logs.logsCollection,
  receivers.macosSystemLogs,
  logs.filelogMulti,
  metrics.mysql,
  metrics.hostMetrics,
  metrics.kubeletMetrics,
  attributes.kubernetesAttributes,
];
const ofKubernetes: readonly Preset[] = [metrics.kubernetesExtraMetrics, metrics.kubernetesApiServerMetrics];
const counts: readonly Preset[] = [
  metrics.targetAllocator,
  spanMetricPresets.spanMetricsMulti,
  spans.spanMetricsSanitization,
];
const catalog: readonly Preset[] = [
  catalogPresets.kubernetesResources,
  catalogPresets.hostEntityEvents,
  attributes.reduceResourceAttributes,
  operations.fleetManagement,
  operations.k8sResourceAttributes,
  spans.semconv,
  spans.transactions,
  operations.extraConfig,
];
const ownMetrics: readonly Preset[] = [
  metrics.collectorMetrics,
  metrics.prometheusMulti,
  metrics.annotationDiscovery,
  receivers.jaegerReceiver,
  receivers.zipkinReceiver,
];
const ofHosts: readonly Preset[] = [
  logs.journaldReceiver,
  logs.windowsEventLog,
  receivers.iisReceiver,
  logs.iisLogs,
  receivers.systemdReceiver,
];
const exporting: readonly Preset[] = [exporters.loadBalancing, exporters.coralogixExporter, exporters.otlpExporter];
const listening: readonly Preset[] = [
  receivers.otlpReceiver,
  receivers.statsdReceiver,
  operations.zpages,
  operations.pprof,
];

const inDaemonSet: readonly Preset[] = [
  ...collection,
  ...ofKubernetes,
  metrics.clusterMetrics,
  metrics.deltaToCumulative,
  attributes.metadata,
  spanMetricPresets.spanMetrics,
  ...counts,
  ...catalog,
  ...ownMetrics,
  receivers.ecsMetrics,
  ...ofHosts,
  profiles.profilesCollection,
  profiles.ebpfProfiler,
  attributes.ecsAttributes,
  profiles.profilesAttributes,
  resourceDetectionPreset,
  ...exporting,
  ...listening,
  spans.headSampling,
  operations.eksFargate,
  operations.batch,
];

const inDeployment: readonly Preset[] = [
  operations.eksFargate,
  ...collection,
  profiles.ebpfProfiler,
  profiles.profilesAttributes,
  resourceDetectionPreset,
  logs.kubernetesEvents,
  metrics.clusterMetrics,
  ...ofKubernetes,
  attributes.metadata,
  spanMetricPresets.spanMetrics,
  ...exporting,
  ...counts,
  ...catalog,
  spans.headSampling,
  ...ownMetrics,
  ...ofHosts,
  ...listening,
  operations.batch,
];

/** A collector's configuration as the chart writes it, and what stops helm on the way. */
export interface Rendered {
  /** With templates in its texts, which helm runs over the whole of it. */
  readonly configuration: Mapping;
  /** Which preset brought what. */
  readonly draft: Draft;
  /** The first is what helm reports; a preset that fails adds nothing from there on. */
  readonly failures: readonly TemplateError[];
}

/** The presets decide the order in the pipelines by the order in which the chart applies them. */
export function render(values: ChartValues): Rendered {
  const failures: TemplateError[] = [];
  const attempt = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof TemplateError)) {
        throw error;
      }
      failures.push(error);
    }
  };
  const draft = new Draft(values.mapping('config'));
  attempt(() => draft.above(base(values)));
  for (const preset of values.mode === 'daemonset' ? inDaemonSet : inDeployment) {
    attempt(() => {
      if (preset.isOn === undefined ? values.preset(preset.key) : preset.isOn(values)) {
        preset.apply(draft.by(preset.key, isLost(preset, values)), values);
      }
    });
  }
  attempt(() => finish(draft));
  let isMinimal = false;
  attempt(() => {
    isMinimal = isSupervised(values);
  });
  return { configuration: isMinimal ? untilTheSupervisorSpeaks : draft.toConfiguration(), draft, failures };
}

const guard = { check_interval: '5s', limit_percentage: 80, spike_limit_percentage: 25 };

/** What the chart puts into the configuration by hand before any preset. */
function base(values: ChartValues): Mapping {
  const config = wantMapping(values.at('config'), '.Values.config', ['config']);
  const processors = Object.hasOwn(config, 'processors') ? config['processors'] : '';
  if (typeof processors === 'string') {
    const reason = "can't evaluate field memory_limiter in type string";
    throw new TemplateError(reason, '$processorsConfig.memory_limiter', ['config', 'processors']);
  }
  const limiter = fieldOf(processors, '$processorsConfig', ['memory_limiter'], ['config', 'processors']);
  const extensions = wantMapping(values.at('config', 'extensions'), '.Values.config.extensions', [
    'config',
    'extensions',
  ]);
  if (!values.has('useGOMEMLIMIT') && !isMapping(extensions['memory_ballast'])) {
    wantMapping(extensions['memory_ballast'] ?? '', '$memoryBallastConfig', ['config', 'extensions']);
  }
  return isTrue(limiter) ? {} : { processors: { memory_limiter: guard } };
}

/** Whether the settings of a preset are no YAML, for a text of the values that stands in them as it is. */
function isLost({ texts }: Preset, values: ChartValues): boolean {
  const { plain = [], quoted = [] } = texts?.(values) ?? {};
  const lines = [
    ...plain.filter(isWritten).map((text) => `- ${printed(text)}`),
    ...quoted.filter((text) => /["\\\n]/.test(printed(text))).map((text) => `- "${printed(text)}"`),
  ];
  return lines.some((line) => 'error' in parseYaml(`a:\n  b:\n    ${line}\nc: d\n`, kubernetesSchema));
}

const isWritten = (value: unknown): boolean => !isNothing(value) && !/^\w*$/.test(printed(value));

/** A supervisor gets the configuration from Coralogix, and starts with one that does nothing. */
const isSupervised = (values: ChartValues): boolean =>
  values.preset('fleetManagement') &&
  values.has('presets', 'fleetManagement', 'supervisor', 'enabled') &&
  values.has('presets', 'fleetManagement', 'supervisor', 'minimalCollectorConfig');

const nothing = { receivers: ['nop'], exporters: ['nop'] };

const untilTheSupervisorSpeaks: Mapping = {
  receivers: { nop: null },
  exporters: { nop: null },
  service: { pipelines: { logs: nothing, metrics: nothing, traces: nothing } },
};
