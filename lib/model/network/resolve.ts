import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import type { Workload } from '../workload.ts';
import { isShort, type NamespacedService, serviceOfHost } from './dns.ts';
import type { Endpoint } from './endpoint.ts';
import { hostOf } from './host.ts';
import { NetworkIndex } from './network-index.ts';
import type { Service } from './service.ts';

/** What answers at an endpoint. */
export type Answer =
  /** A collector, reached through these Services in turn (none: by a port of its own on the node). */
  | { readonly kind: 'collector'; readonly collector: Collector; readonly services: readonly Service[] }
  /** Something in the cluster that is no collector that was read. */
  | { readonly kind: 'workload'; readonly workloads: readonly Workload[]; readonly services: readonly Service[] }
  /** A Service that was read and selects nothing that was. */
  | { readonly kind: 'no-pods'; readonly services: readonly Service[] }
  /** A name that means a Service of a namespace that was read, where there is none. */
  | {
      readonly kind: 'no-service';
      readonly name: string;
      readonly namespace: string;
      readonly services: readonly Service[];
    }
  /** The node's address, and neither a collector nor a Service takes the port of the node. */
  | { readonly kind: 'no-host-port' }
  /** The pod itself. */
  | { readonly kind: 'loopback' }
  /** Coralogix, past every collector. */
  | { readonly kind: 'coralogix'; readonly host: string }
  /** Outside of what was read. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Finds what answers at an endpoint of a pod of `workload`. */
export function resolveEndpoint(model: Model, workload: Workload, endpoint: Endpoint): Answer {
  const { host, port } = endpoint;
  switch (host.kind) {
    case 'coralogix':
      return { kind: 'coralogix', host: host.name };
    case 'loopback':
    case 'pod':
      return { kind: 'loopback' };
    case 'node': {
      const index = NetworkIndex.of(model);
      const collector = port === undefined ? undefined : index.collectorOnNode(port);
      if (collector !== undefined) {
        return { kind: 'collector', collector, services: [] };
      }
      const service = port === undefined ? undefined : index.serviceOnNode(port);
      return service === undefined ? { kind: 'no-host-port' } : answerOf(index, service, [service]);
    }
    case 'name':
      return resolveName(model, host.name, workload.namespace);
    case 'address':
      return { kind: 'unknown', reason: `${host.address} is an address, and which pod has it only the cluster knows` };
    case 'unresolved': {
      // The one field of the downward API whose value a manifest has.
      const known = host.text.replace(/<metadata\.namespace>/i, workload.namespace);
      const resolved = hostOf(known);
      return resolved.kind === 'unresolved'
        ? {
            kind: 'unknown',
            reason: `${known.startsWith('<secret') ? 'what the Secret holds' : host.text} is known only in the cluster`,
          }
        : resolveEndpoint(model, workload, { ...endpoint, host: resolved });
    }
  }
}

/** Names that stand for another one in turn: resolvers follow fewer. */
const maximumNames = 16;

function resolveName(model: Model, first: string, podNamespace: string): Answer {
  const index = NetworkIndex.of(model);
  const services: Service[] = [];
  let name = first;
  let address = serviceOfHost(first, podNamespace);
  for (;;) {
    if (address === undefined) {
      return { kind: 'unknown', reason: `${name} is outside the cluster` };
    }
    const service = index.service(address);
    if (service === undefined && isOpen(model, address, podNamespace)) {
      return { kind: 'unknown', reason: 'objects that name no namespace may be in this one; --namespace NAME sets it' };
    }
    const partial = service === undefined ? partialRelease(model, address) : undefined;
    if (partial !== undefined) {
      return { kind: 'unknown', reason: `the values of ${partial.title} are not read in full: ${partial.missing}` };
    }
    if (service === undefined) {
      return index.isRead(address.namespace)
        ? { kind: 'no-service', ...address, services }
        : { kind: 'unknown', reason: `namespace ${address.namespace} was not read` };
    }
    if (services.includes(service)) {
      return { kind: 'unknown', reason: `${service.name} leads back to itself` };
    }
    if (services.length === maximumNames) {
      return { kind: 'unknown', reason: `${first} leads on over more than ${maximumNames} names` };
    }
    services.push(service);
    if (service.type !== 'ExternalName') {
      return answerOf(index, service, services);
    }
    name = service.externalName ?? '';
    const target = hostOf(name);
    if (target.kind === 'coralogix') {
      return { kind: 'coralogix', host: target.name };
    }
    if (isShort(name)) {
      const reason = `${service.name} stands for ${name}, which is looked up as it is, without the pod's search path`;
      return { kind: 'unknown', reason };
    }
    address = serviceOfHost(name, podNamespace);
  }
}

/** An installation that may make a Service, since some of its values were not read. */
const partialRelease = ({ values }: Model, address: NamespacedService) =>
  values.find(({ missing, release }) => missing !== undefined && release.namespace === address.namespace);

/** Whether pod or Service names no namespace, and the input names several. */
const isOpen = ({ namespace, services }: Model, address: NamespacedService, podNamespace: string): boolean =>
  namespace.reason === 'many' &&
  namespace.objects > 0 &&
  (podNamespace === namespace.name ||
    services.some((service) => service.name === address.name && service.namespace === namespace.name));

function answerOf(index: NetworkIndex, service: Service, services: readonly Service[]): Answer {
  if (Object.keys(service.selector).length === 0) {
    return { kind: 'unknown', reason: `${service.name} has no selector: its endpoints are written elsewhere` };
  }
  const collector = index.collector(service);
  if (collector !== undefined) {
    return { kind: 'collector', collector, services };
  }
  const workloads = index.workloads(service);
  return workloads.length === 0 ? { kind: 'no-pods', services } : { kind: 'workload', workloads, services };
}
