import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';

/**
 * Pod settings that the `restricted` pod security standard asks for.
 *
 * @param user id of the user and of the group that owns mounted volumes
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedPod(user: number): k8s.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Container settings that go with it. */
export function restrictedContainer(readOnlyRootFilesystem: boolean): k8s.SecurityContext {
  return { allowPrivilegeEscalation: false, readOnlyRootFilesystem, capabilities: { drop: ['ALL'] } };
}

/** An identity of its own that cannot talk to the API server. */
export function tokenlessServiceAccount(scope: Construct, name: string, labels: Record<string, string>): string {
  new k8s.KubeServiceAccount(scope, 'ServiceAccount', {
    metadata: { name, labels },
    automountServiceAccountToken: false,
  });
  return name;
}
