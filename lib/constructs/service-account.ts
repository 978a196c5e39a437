import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/** An identity of its own that cannot talk to the API server. */
export function tokenlessServiceAccount(scope: Construct, name: string, labels: Record<string, string>): string {
  new k8s.KubeServiceAccount(scope, 'ServiceAccount', {
    metadata: { name, labels },
    automountServiceAccountToken: false,
  });
  return name;
}
