import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { CollectorWorkload, type CollectorWorkloadProps } from './collector-workload.ts';

const name = 'coralogix-opentelemetry-cluster';

/** The one collector that reads the API server. Two of them would send everything twice. */
export class ClusterCollector extends CollectorWorkload {
  constructor(scope: Construct, id: string, props: CollectorWorkloadProps) {
    super(scope, id, props, { name, ports: [] });
    new k8s.KubeDeployment(this, 'Deployment', {
      metadata: { name, namespace: props.namespace, labels: this.labels },
      spec: {
        replicas: 1,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: this.selector },
        template: this.template,
      },
    });
  }
}
