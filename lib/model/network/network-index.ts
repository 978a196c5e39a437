import { unknownRelease } from '../../chart/installation.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import type { Workload } from '../workload.ts';
import type { NamespacedService } from './dns.ts';
import { selects } from './selector.ts';
import { type Service, serviceAtNode } from './service.ts';

/** Finds Services by name and workloads by label without a search through all of them. */
export class NetworkIndex {
  private static readonly indexes = new WeakMap<Model, NetworkIndex>();

  private readonly services = new Map<string, Service>();
  private readonly named: readonly Service[];
  private readonly namespaces: ReadonlySet<string>;
  private readonly labelled = new Map<string, Workload[]>();
  private readonly collectorsBy: ReadonlyMap<string, readonly Collector[]>;
  /** Those of a release whose name is not known, which fits any. */
  private readonly openCollectors: readonly Collector[];
  private readonly order: ReadonlyMap<Collector, number>;
  private readonly onNode: ReadonlyMap<number, Collector>;
  private readonly atNode: ReadonlyMap<number, Service>;
  private readonly collectors = new Map<Service, Collector | undefined>();
  private readonly selected = new Map<string, readonly Workload[]>();

  private constructor(private readonly model: Model) {
    const { services, workloads, collectors } = model;
    for (const service of services.toReversed()) {
      this.services.set(key(service.namespace, service.name), service);
    }
    this.named = services.filter(({ name }) => name.startsWith(unknownRelease));
    this.openCollectors = collectors.filter(({ labels }) => Object.values(labels).includes(unknownRelease));
    this.order = new Map(collectors.map((collector, index) => [collector, index]));
    this.collectorsBy = byLabel(collectors);
    this.onNode = new Map(
      collectors
        .filter(({ onEveryNode }) => onEveryNode)
        // Of several the first is set last.
        .toReversed()
        .flatMap((collector) => collector.hostPorts.map((port) => [port, collector])),
    );
    this.atNode = new Map(
      services
        .toReversed()
        .flatMap((service) => serviceAtNode(service) ?? [])
        .flatMap((service) => service.ports.map(({ port }) => [port, service])),
    );
    this.namespaces = new Set([...services, ...workloads].map(({ namespace }) => namespace));
    for (const workload of workloads) {
      for (const [label, value] of Object.entries(workload.labels)) {
        const pair = key(workload.namespace, label, value);
        const found = this.labelled.get(pair) ?? [];
        found.push(workload);
        this.labelled.set(pair, found);
      }
    }
  }

  static of(model: Model): NetworkIndex {
    const index = NetworkIndex.indexes.get(model) ?? new NetworkIndex(model);
    NetworkIndex.indexes.set(model, index);
    return index;
  }

  /** The Service of a name; one that is named after a release that is not known answers to any such name. */
  service({ namespace, name }: NamespacedService): Service | undefined {
    const chart = ({ name: full }: Service) => full.slice(unknownRelease.length + 1);
    return (
      this.services.get(key(namespace, name)) ??
      this.named.find((service) => service.namespace === namespace && name.includes(chart(service)))
    );
  }

  /** Whether anything of a namespace was read: then a Service that is not there is missing. */
  isRead(namespace: string): boolean {
    return this.namespaces.has(namespace);
  }

  collector(service: Service): Collector | undefined {
    const found = this.collectors.has(service) ? this.collectors.get(service) : this.findCollector(service);
    this.collectors.set(service, found);
    return found;
  }

  /** The collector on every node that takes a port of the node. */
  collectorOnNode(port: number): Collector | undefined {
    return this.onNode.get(port);
  }

  /** The Service that takes a port of every node, as it is reached there. */
  serviceOnNode(port: number): Service | undefined {
    return this.atNode.get(port);
  }

  /** The first in the order in which they were read. */
  private findCollector({ namespace, selector }: Service): Collector | undefined {
    const lists = Object.entries(selector).map(([label, value]) =>
      value === unknownRelease ? this.model.collectors : (this.collectorsBy.get(key(label, value)) ?? []),
    );
    const [fewest = []] = lists.sort((a, b) => a.length - b.length);
    const fits = (candidate: Collector) =>
      (candidate.namespace ?? namespace) === namespace && selects(selector, candidate.labels);
    const found = [fewest.find(fits), this.openCollectors.find(fits)].flatMap((collector) => collector ?? []);
    return found.sort((a, b) => (this.order.get(a) ?? 0) - (this.order.get(b) ?? 0))[0];
  }

  /** The same list for the same selector. */
  workloads(service: Service): readonly Workload[] {
    const id = JSON.stringify([service.namespace, Object.entries(service.selector).sort()]);
    const found = this.selected.get(id) ?? this.findWorkloads(service);
    this.selected.set(id, found);
    return found;
  }

  private findWorkloads({ namespace, selector }: Service): readonly Workload[] {
    const candidates = Object.entries(selector).map(
      ([label, value]) => this.labelled.get(key(namespace, label, value)) ?? [],
    );
    const fewest = candidates.reduce<readonly Workload[] | undefined>(
      (least, some) => (least === undefined || some.length < least.length ? some : least),
      undefined,
    );
    return (fewest ?? []).filter(({ labels }) => selects(selector, labels));
  }
}

const key = (...parts: readonly string[]): string => parts.join('\n');

function byLabel(collectors: readonly Collector[]): Map<string, Collector[]> {
  const found = new Map<string, Collector[]>();
  for (const collector of collectors) {
    for (const [label, value] of Object.entries(collector.labels)) {
      const pair = key(label, value);
      const known = found.get(pair) ?? [];
      known.push(collector);
      found.set(pair, known);
    }
  }
  return found;
}
