import { serviceVersionDimension } from '../dimensions.ts';
import { collectorService, subChart } from '../names.ts';
import type { AgentPresets, AgentValues } from './agent-values.ts';
import type { ClusterCollectorValues } from './cluster-collector-values.ts';
import { extraDimensionsFor } from './extra-dimensions.ts';
import type { GatewayValues } from './gateway-values.ts';
import type { HelmValuesProps } from './helm-values-props.ts';
import type { OtelIntegrationValues } from './otel-integration-values.ts';
import type { Preset } from './preset.ts';
import type { SpanMetricsPreset } from './span-metrics-preset.ts';

const on: Preset = { enabled: true };

/** The values with which the chart fills the Pod & Host view. Keys stand in the order in which they are written. */
export function helmValues(props: HelmValuesProps): OtelIntegrationValues {
  return {
    global: {
      domain: props.domain,
      clusterName: props.clusterName,
      deploymentEnvironmentName: props.environment,
    },
    [subChart.agent]: agent(props),
    [subChart.clusterCollector]: clusterCollector(props),
    ...(props.loadBalancing.enabled ? { [subChart.gateway]: gateway(props) } : {}),
  };
}

const agent = ({ provider, dimensions, loadBalancing }: HelmValuesProps): AgentValues => ({
  provider,
  service: on,
  presets: {
    hostMetrics: on,
    kubeletMetrics: on,
    kubernetesAttributes: on,
    spanMetrics: spanMetrics(dimensions),
    ...(loadBalancing.enabled ? tracesToGateway : {}),
  },
});

function spanMetrics(wanted: readonly string[]): SpanMetricsPreset {
  const names = extraDimensionsFor(wanted);
  return {
    enabled: true,
    // Appended as well as listed it would be there twice, and the connector refuses to start.
    serviceVersion: { enabled: !names.includes(serviceVersionDimension) },
    extraDimensions: names.map((name) => ({ name })),
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
