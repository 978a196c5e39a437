import type { Kubectl } from '../../cluster/kubectl.ts';
import { exampleSystem } from '../../support/example-system.ts';
import { deploymentOf, type Pod, podTitle } from '../pods.ts';

/** A pod that has sent spans, and what the API server says that they must carry. */
export interface Sender {
  readonly title: string;
  readonly uid: string;
  readonly deployment: string;
  /** How many spans it made. */
  readonly sent: number;
  readonly resource: Readonly<Record<string, string>>;
}

export async function senderOf(kubectl: Kubectl, pod: Pod, sent: number): Promise<Sender> {
  const { name, namespace, uid } = pod.metadata;
  const deployment = (await deploymentOf(kubectl, pod)) ?? '';
  return {
    title: `pod ${podTitle(pod)}`,
    uid,
    deployment,
    sent,
    resource: {
      'k8s.pod.name': name,
      'k8s.pod.ip': pod.status.podIP,
      'k8s.namespace.name': namespace,
      'k8s.deployment.name': deployment,
      'k8s.node.name': pod.spec.nodeName,
      'k8s.cluster.name': exampleSystem.clusterName,
      'host.name': pod.spec.nodeName,
      'cx.application.name': namespace,
      'cx.subsystem.name': deployment,
    },
  };
}
