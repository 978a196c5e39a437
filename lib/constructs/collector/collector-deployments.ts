import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { collectorService, otlpPort } from '../../chart/names.ts';
import { CollectorWorkload, type CollectorWorkloadProps } from './collector-workload.ts';

const clusterCollectorName = 'coralogix-opentelemetry-cluster';

/** The one collector that reads the API server. Two of them would send everything twice. */
export class ClusterCollector extends CollectorWorkload {
  constructor(scope: Construct, id: string, props: CollectorWorkloadProps) {
    super(scope, id, props, { name: clusterCollectorName, ports: [] });
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: { name: clusterCollectorName, namespace: props.namespace, labels: this.labels },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: this.selector },
        template: this.template,
      },
    });
  }
}

interface CollectorGatewayProps extends CollectorWorkloadProps {
  /**
   * Number of pods.
   *
   * @default 2
   */
  readonly replicas?: number;
}

const gatewayName = collectorService.gateway;

/**
 * The collectors that sample whole traces, behind a headless Service: agents choose the pod by trace.
 *
 * @see https://opentelemetry.io/docs/collector/deployment/gateway/
 */
export class CollectorGateway extends CollectorWorkload {
  constructor(scope: Construct, id: string, props: CollectorGatewayProps) {
    super(scope, id, props, { name: gatewayName, ports: [{ name: 'otlp', containerPort: otlpPort.grpc }] });
    const replicas = props.replicas ?? 2;
    const metadata = { name: gatewayName, namespace: props.namespace, labels: this.labels };
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata,
      spec: { replicas, selector: { matchLabels: this.selector }, template: this.template },
    });
    new k8s.KubeService(this, 'Service', {
      metadata,
      spec: {
        clusterIp: 'None',
        selector: this.selector,
        ports: [{ name: 'otlp', port: otlpPort.grpc, appProtocol: 'grpc' }],
      },
    });
    if (replicas > 1) {
      new k8s.KubePodDisruptionBudget(this, 'PodDisruptionBudget', {
        metadata,
        spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: this.selector } },
      });
    }
  }
}
