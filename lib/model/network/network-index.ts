import { unknownRelease } from '../../chart/installation.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import type { Workload } from '../workload.ts';
import type { ServiceAddress } from './dns.ts';
import { selects } from './selector.ts';
import type { Service } from './service.ts';

/** Finds Services by name and workloads by label without a walk through all of them. */
export class NetworkIndex {
  private static readonly indexes = new WeakMap<Model, NetworkIndex>();

  private readonly services = new Map<string, Service>();
  private readonly named: readonly Service[];
  private readonly namespaces: ReadonlySet<string>;
  private readonly labelled = new Map<string, Workload[]>();

  private constructor(private readonly model: Model) {
    const { services, workloads } = model;
    for (const service of services.toReversed()) {
      this.services.set(key(service.namespace, service.name), service);
    }
    this.named = services.filter(({ name }) => name.startsWith(unknownRelease));
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
  service({ namespace, name }: ServiceAddress): Service | undefined {
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

  collector({ namespace, selector }: Service): Collector | undefined {
    return this.model.collectors.find(
      (candidate) => (candidate.namespace ?? namespace) === namespace && selects(selector, candidate.labels),
    );
  }

  workloads({ namespace, selector }: Service): Workload[] {
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
