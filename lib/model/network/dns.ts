/** A Service's namespace and name. */
export interface NamespacedService {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Service that a name means to a pod, by the search path that the kubelet gives it.
 *
 * @returns undefined for a name that is no Service of the cluster
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export function serviceOfHost(name: string, podNamespace: string): NamespacedService | undefined {
  const parts = name.replace(/\.$/, '').split('.');
  const [service = '', namespace] = parts;
  if (parts.length === 1) {
    return { namespace: podNamespace, name: service };
  }
  // NAME.NAMESPACE, NAME.NAMESPACE.svc, or the same with the cluster's domain behind.
  const isInside = parts.length === 2 || parts[2] === 'svc';
  return isInside && namespace !== undefined ? { namespace, name: service } : undefined;
}

/** Whether a name means a Service only to a pod, whose search path completes it. */
export function isShort(name: string): boolean {
  const parts = name.replace(/\.$/, '').split('.');
  return parts.length <= 2 || (parts[2] === 'svc' && parts.length === 3);
}
