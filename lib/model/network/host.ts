import { isCoralogixHost } from '../../coralogix/domain.ts';

/** What the host of an endpoint is. */
export type Host =
  | { readonly kind: 'loopback' }
  /** The address of the pod's own node, from the downward API. */
  | { readonly kind: 'node' }
  /** The address of the pod itself. */
  | { readonly kind: 'pod' }
  | { readonly kind: 'address'; readonly address: string }
  /** Ingest of Coralogix itself. */
  | { readonly kind: 'coralogix'; readonly name: string }
  /** A name that the cluster's DNS may know. */
  | { readonly kind: 'name'; readonly name: string }
  /** Holds something that only the cluster knows, or `$(NAME)` that stays as it is. */
  | { readonly kind: 'unresolved'; readonly text: string };

export function hostOf(text: string): Host {
  const host = text
    .toLowerCase()
    .replace(/^\[(<.*>)\]$/, '$1')
    .replace(/\.$/, '');
  if (host === '<status.hostip>') {
    return { kind: 'node' };
  }
  if (host === '<status.podip>') {
    return { kind: 'pod' };
  }
  if (/[<>$(){}]/.test(host)) {
    return { kind: 'unresolved', text };
  }
  if (isOwnTarget(host)) {
    return { kind: 'loopback' };
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith('[')) {
    return { kind: 'address', address: host };
  }
  return isCoralogixHost(host) ? { kind: 'coralogix', name: host } : { kind: 'name', name: host };
}

/** Whether a host is only ever the process's own machine or pod. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|ip6-(localhost|loopback)|localhost[46]?\.localdomain[46]?|127\..*|\[?::1\]?)$/.test(host);

/** Whether a host as a target is the process's own machine or pod: Linux connects to itself where no address is named. */
const isOwnTarget = (host: string): boolean => isLoopback(host) || /^(0\.0\.0\.0|0|\[::\])$/.test(host);
