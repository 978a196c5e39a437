import { regions } from '../../coralogix/regions.ts';

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
  if (isLoopback(host)) {
    return { kind: 'loopback' };
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith('[')) {
    return { kind: 'address', address: host };
  }
  return isCoralogix(host) ? { kind: 'coralogix', name: host } : { kind: 'name', name: host };
}

/** Of a region that is known, or looks like one: `coralogix.svc` is a namespace, and no domain. */
const isCoralogix = (host: string): boolean =>
  regions.some(({ domain, legacyDomain }) => isBelow(host, domain) || isBelow(host, legacyDomain)) ||
  /(^|\.)coralogix(sg|gov)?\.(?!svc$)[a-z]{2,}$/.test(host);

const isBelow = (host: string, domain: string | undefined): boolean =>
  domain !== undefined && (host === domain || host.endsWith(`.${domain}`));

/** Whether a host is only ever the process's own machine or pod. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || /^127\./.test(host) || host === '[::1]' || host === '::1';
