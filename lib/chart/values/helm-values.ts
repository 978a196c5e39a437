import type { Dimension } from '../../pipeline/dimensions.ts';
import { chartDefaultDimensions, errorTrackingDimensions, serviceVersionDimension } from '../dimensions.ts';
import { collectorService, subChart } from '../names.ts';
import type {
  AgentPresets,
  AgentValues,
  ClusterCollectorValues,
  GatewayValues,
  OtelIntegrationValues,
  PresetValues,
  Provider,
  SpanMetricsPreset,
  TailSamplingPolicy,
} from './otel-integration-values.ts';

/** What one system wants of the chart. */
export interface HelmValuesProps {
  /** Domain of the Coralogix region, e.g. eu2.coralogix.com. */
  readonly domain: string;
  /** `k8s.cluster.name` of everything that is sent. */
  readonly clusterName: string;
  /** `deployment.environment.name` of what does not say it itself. */
  readonly environment: string;
  /** Where the nodes run. */
  readonly provider: Provider;
  /** Dimensions of the span metrics, in addition to those of the chart. */
  readonly dimensions: readonly string[];
  /**
   * Whether the chart makes `compact_*` and, where `database` is on, `db_compact_*`.
   *
   * @default true
   */
  readonly compact?: boolean;
  /**
   * Whether the chart makes `db_*`.
   *
   * @default true
   */
  readonly database?: boolean;
  /** Whether gateways see whole traces, and which of them they keep. */
  readonly loadBalancing: {
    readonly enabled: boolean;
    readonly policies: readonly TailSamplingPolicy[];
  };
}

const on: PresetValues = { enabled: true };

/** The values with which the chart fills the Pod & Host view. Keys stand in the order in which they are written. */
export function helmValues(props: HelmValuesProps): OtelIntegrationValues {
  const values = {
    global: {
      domain: props.domain,
      clusterName: props.clusterName,
      // The chart writes it into OTEL_RESOURCE_ATTRIBUTES as it is, through its templates and the kubelet's expansion.
      deploymentEnvironmentName: encodeURIComponent(props.environment),
    },
    [subChart.agent]: agent(props),
    [subChart.clusterCollector]: clusterCollector(props),
    ...(props.loadBalancing.enabled ? { [subChart.gateway]: gateway(props) } : {}),
  };
  dimensionsOf.set(values, writtenDimensions(extraDimensionsFor(props.dimensions)));
  return values;
}

const dimensionsOf = new WeakMap<object, readonly Dimension[]>();

/** The dimensions that the agent has with values of `helmValues`, without rendering the chart; undefined for others. */
export const dimensionsOfHelmValues = (values: object): readonly Dimension[] | undefined => dimensionsOf.get(values);

/** What the list of the values becomes: the chart appends what its presets add. */
const writtenDimensions = (names: readonly string[]): Dimension[] => [
  ...names.map((name): Dimension => ({ name, origin: 'values' })),
  ...errorTrackingDimensions.map((name): Dimension => ({ name, origin: 'error-tracking' })),
  ...(names.includes(serviceVersionDimension)
    ? []
    : [{ name: serviceVersionDimension, origin: 'service-version' } as const]),
];

const agent = ({ provider, loadBalancing, ...kinds }: HelmValuesProps): AgentValues => ({
  provider,
  service: on,
  presets: {
    hostMetrics: on,
    kubeletMetrics: on,
    kubernetesAttributes: on,
    spanMetrics: spanMetrics(kinds),
    ...(loadBalancing.enabled ? tracesToGateway : {}),
  },
});

type SpanMetricsProps = Pick<HelmValuesProps, 'dimensions' | 'compact' | 'database'>;

function spanMetrics({ dimensions, compact = true, database = true }: SpanMetricsProps): SpanMetricsPreset {
  const names = extraDimensionsFor(dimensions);
  const off: PresetValues = { enabled: false };
  return {
    enabled: true,
    // Appended as well as listed it would be there twice, and the connector refuses to start.
    serviceVersion: { enabled: !names.includes(serviceVersionDimension) },
    extraDimensions: names.map((name) => ({ name })),
    // What is on is the chart's default.
    ...(compact ? {} : { compactMetrics: off }),
    ...(compact && database ? {} : { dbMetrics: { ...(database ? {} : off), compactMetrics: off } }),
  };
}

const tracesToGateway: AgentPresets = {
  batch: on,
  loadBalancing: { enabled: true, hostname: collectorService.gateway },
  // Without `traces`: the gateway sends those, and both would be one too many.
  coralogixExporter: { pipelines: ['metrics', 'logs'] },
};

const clusterCollector = ({ provider }: HelmValuesProps): ClusterCollectorValues => ({
  provider,
  presets: { kubernetesAttributes: on, clusterMetrics: on, kubernetesResources: on },
});

const gateway = ({ provider, loadBalancing }: HelmValuesProps): GatewayValues => ({
  enabled: true,
  provider,
  ...(provider === 'on-prem' ? { presets: withoutNodeDetector } : {}),
  config: { processors: { tail_sampling: { policies: loadBalancing.policies } } },
});

// For `on-prem` the chart adds the detector `k8snode` everywhere, but lets only the other sub-charts get nodes.
const withoutNodeDetector: GatewayValues['presets'] = { resourceDetection: { detectors: { env: ['env', 'system'] } } };

/**
 * The list for `spanMetrics.extraDimensions` with which the collector has the wanted dimensions and loses none of the
 * chart's: Helm replaces lists, so the chart's own are in it, and what the chart appends by itself is not.
 *
 * @param wanted dimensions without clashes, in any order
 */
export function extraDimensionsFor(wanted: readonly string[]): string[] {
  const appended = new Set<string>(errorTrackingDimensions);
  return [...new Set([...chartDefaultDimensions, ...wanted])].filter((name) => !appended.has(name));
}
