import { unknownRelease } from '../../chart/installation.ts';
import { groupBy } from '../../group-by.ts';
import { ownValue } from '../../own-value.ts';
import { componentType } from '../../pipeline/component.ts';
import { mappingAt, textAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Model } from '../model.ts';
import { parseEndpoint } from '../network/endpoint.ts';
import { selects } from '../network/selector.ts';
import type { Service } from '../network/service.ts';
import { memoized } from './memoized.ts';
import { servicesNamed } from './services-named.ts';

/** Collectors behind one Service that are looked at: no system has as many. */
const maximumReplicas = 100;

/** Whether a collector hands its traces to another one, by a Service that leads there. */
export const sendsTracesTo = (model: Model, from: Collector, to: Collector): boolean =>
  receiversOf(model, from).has(to);

/** The collectors that a collector hands its traces to, in the order in which they were read. */
export function receiversOf(model: Model, from: Collector): ReadonlySet<Collector> {
  const known = receivers(model);
  const found = known.get(from) ?? findReceivers(model, from);
  known.set(from, found);
  return found;
}

const receivers = memoized(() => new Map<Collector, ReadonlySet<Collector>>());

function findReceivers(model: Model, from: Collector): ReadonlySet<Collector> {
  const { order } = index(model);
  const services = new Set([...hostsOf(from)].flatMap((host) => servicesAt(model, from, host)));
  const found = new Set([...services].flatMap((service) => collectorsBehind(model, service)));
  return new Set([...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)));
}

/** Hosts that its traces are exported to. */
function hostsOf({ config, pipelines }: Collector): ReadonlySet<string> {
  const exporters = mappingAt(config, 'exporters');
  const ids = new Set(pipelines.of('traces').flatMap((pipeline) => pipeline.exporters));
  return new Set([...ids].flatMap((id) => hostOf(id, ownValue(exporters, id)) ?? []));
}

function servicesAt(model: Model, from: Collector, host: string): readonly Service[] {
  const [name = '', namespace = from.namespace] = host.split('.');
  return servicesNamed(model, name).filter((service) => (namespace ?? service.namespace) === service.namespace);
}

function collectorsBehind(model: Model, service: Service): readonly Collector[] {
  const { namespace, selector } = service;
  const candidates = Object.entries(selector).map(([label, value]) => labelled(model, label, value));
  const [fewest = []] = candidates.sort((a, b) => a.length - b.length);
  const found: Collector[] = [];
  for (const collector of fewest) {
    if ((collector.namespace ?? namespace) === namespace && selects(selector, collector.labels)) {
      found.push(collector);
    }
    if (found.length === maximumReplicas) {
      break;
    }
  }
  return found;
}

/** The collectors that have a label of a selector: a release whose name is not known may be any. */
function labelled(model: Model, label: string, value: string): readonly Collector[] {
  if (value === unknownRelease) {
    return model.collectors;
  }
  const { byLabel } = index(model);
  return [value, unknownRelease].flatMap((each) =>
    (byLabel.get(key(label, each)) ?? []).map(({ collector }) => collector),
  );
}

const index = memoized(({ collectors }) => ({
  order: new Map(collectors.map((collector, position) => [collector, position])),
  byLabel: groupBy(
    collectors.flatMap((collector) => Object.entries(collector.labels).map((label) => ({ collector, label }))),
    ({ label }) => key(...label),
  ),
}));

const key = (...parts: readonly string[]): string => parts.join('\n');

function hostOf(id: string, settings: unknown): string | undefined {
  switch (componentType(id)) {
    case 'loadbalancing':
      return textAt(settings, 'resolver', 'dns', 'hostname') ?? textAt(settings, 'resolver', 'k8s', 'service');
    case 'otlp':
    case 'otlphttp': {
      const { host } = parseEndpoint(textAt(settings, 'endpoint') ?? '');
      return host.kind === 'name' ? host.name : undefined;
    }
    default:
      return undefined;
  }
}
