import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { collectorService, otlpPort } from '../../chart/names.ts';
import { CollectorWorkload, type CollectorWorkloadProps } from './collector-workload.ts';

export interface CollectorGatewayProps extends CollectorWorkloadProps {
  /**
   * Number of pods.
   *
   * @default 2
   */
  readonly replicas?: number;
}

const name = collectorService.gateway;

/**
 * The collectors that sample whole traces, behind a headless Service: agents choose the pod by trace.
 *
 * @see https://opentelemetry.io/docs/collector/deployment/gateway/
 */
export class CollectorGateway extends CollectorWorkload {
  constructor(scope: Construct, id: string, props: CollectorGatewayProps) {
    super(scope, id, props, { name, ports: [{ name: 'otlp', containerPort: otlpPort.grpc }] });
    const replicas = props.replicas ?? 2;
    const metadata = { name, namespace: props.namespace, labels: this.labels };
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
