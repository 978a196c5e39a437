import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { accessRules } from '../../collector/access-rules.ts';
import type { CollectorConfiguration } from '../../collector/configuration.ts';

interface CollectorAccessProps {
  /** Name of the ServiceAccount, the ClusterRole and the ClusterRoleBinding. */
  readonly name: string;
  /** Namespace of the ServiceAccount. */
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly configuration: CollectorConfiguration;
}

/** The collector's identity, allowed to read what its pipelines extract and nothing else. */
export class CollectorAccess extends Construct {
  readonly serviceAccountName: string;
  /** Whether it reads the API server at all. */
  readonly readsCluster: boolean;

  constructor(scope: Construct, id: string, { name, namespace, labels, configuration }: CollectorAccessProps) {
    super(scope, id);
    this.serviceAccountName = name;
    const rules = accessRules(configuration);
    this.readsCluster = rules.length > 0;
    new k8s.KubeServiceAccount(this, 'ServiceAccount', {
      metadata: { name, namespace, labels },
      automountServiceAccountToken: false,
    });
    if (this.readsCluster) {
      new k8s.KubeClusterRole(this, 'ClusterRole', { metadata: { name, labels }, rules });
      new k8s.KubeClusterRoleBinding(this, 'ClusterRoleBinding', {
        metadata: { name, labels },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      });
    }
  }
}
