import { type Mapping, textAt } from '../../yaml/value.ts';

/** Who resolves the names that a pod asks for; `own`: servers that its `dnsConfig` names. */
export type PodResolver = 'cluster' | 'node' | 'own';

/** What of a pod decides it. */
export interface ResolverSettings {
  readonly dnsPolicy: string | undefined;
  readonly hostNetwork: boolean;
}

/**
 * The resolver of a pod. That of the node knows no Service; on the network of the node `ClusterFirst` means just that.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy
 */
export function podResolver({ dnsPolicy, hostNetwork }: ResolverSettings): PodResolver {
  switch (dnsPolicy ?? '') {
    case 'ClusterFirstWithHostNet':
      return 'cluster';
    case 'Default':
      return 'node';
    case 'None':
      return 'own';
    default:
      return hostNetwork ? 'node' : 'cluster';
  }
}

/** The same of a pod template. */
export const resolverOf = (podTemplate: Mapping): PodResolver =>
  podResolver({
    dnsPolicy: textAt(podTemplate, 'spec', 'dnsPolicy'),
    hostNetwork: textAt(podTemplate, 'spec', 'hostNetwork') === 'true',
  });

/** Why the resolver of the node is asked. */
export const nodeResolverReason = (dnsPolicy: string | undefined): string =>
  dnsPolicy === 'Default'
    ? 'dnsPolicy: Default asks the resolver of the node, which knows no Service'
    : 'on the network of the node, without dnsPolicy: ClusterFirstWithHostNet, the resolver of the node is asked, which knows no Service';
