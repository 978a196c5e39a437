import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { effectiveDimensions } from '../chart/effective-dimensions.ts';
import type { OtelIntegrationValues } from '../chart/values/otel-integration-values.ts';
import { agentConfiguration, clusterCollectorConfiguration, gatewayConfiguration } from '../collector/collectors.ts';
import { type CollectorProps, onOneTier } from '../collector/configuration.ts';
import type { SystemConfig } from '../config/schema/system.ts';
import { CollectorAgent } from './collector/collector-agent.ts';
import { ClusterCollector, CollectorGateway } from './collector/collector-deployments.ts';

/** The collector as manifests of its own, one chart a workload. */
export class SystemCollector extends Construct {
  /** @param values the chart's values for the same system: both deliveries make the same dimensions of them */
  constructor(scope: Construct, id: string, config: SystemConfig, values: OtelIntegrationValues) {
    super(scope, id);
    const { collector } = config;
    const common: CollectorProps = { clusterName: config.clusterName, export: exportOf(config) };
    const workload = { partOf: config.name, namespace: collector.namespace, environment: config.environment };
    const agent = agentConfiguration({
      ...common,
      dimensions: effectiveDimensions(values).map(({ name }) => name),
      loadBalancing: collector.loadBalancing.enabled,
    });
    const cluster = clusterCollectorConfiguration(common);
    const gateway = collector.loadBalancing.enabled
      ? gatewayConfiguration({ ...common, policies: collector.loadBalancing.policies })
      : undefined;
    onOneTier(gateway === undefined ? [agent, cluster] : [agent, cluster, gateway]);

    new CollectorAgent(this.chart('15-collector-agent'), 'Agent', { ...workload, configuration: agent });
    new ClusterCollector(this.chart('15-collector-cluster'), 'Cluster', { ...workload, configuration: cluster });
    if (gateway !== undefined) {
      new CollectorGateway(this.chart('15-collector-gateway'), 'Gateway', { ...workload, configuration: gateway });
    }
  }

  /** Without a namespace: it would land on the cluster roles as well. */
  private chart(id: string): Chart {
    return new Chart(this, id, { disableResourceNameHashes: true });
  }
}

function exportOf({ collector, coralogix }: SystemConfig): CollectorProps['export'] {
  if (collector.export.type === 'coralogix') {
    return { type: 'coralogix', domain: coralogix.domain };
  }
  const { endpoint, insecure } = collector.export;
  return { type: 'otlp', endpoint: endpoint ?? `ingress.${coralogix.domain}:443`, insecure };
}
