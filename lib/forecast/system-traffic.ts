import type { ForecastConfig } from '../config/schema/forecast.ts';
import type { Collector } from '../model/collector/collector.ts';
import type { Model } from '../model/model.ts';
import type { Workload } from '../model/workload.ts';
import { ownValue } from '../own-value.ts';
import { countAt, textAt } from '../yaml/value.ts';
import { type SpanCounter, spanCounters } from './collector/span-counter.ts';
import { assumedTraffic, describedTraffic } from './described-traffic.ts';
import type { Basis } from './forecast.ts';
import type { ResourceLabels } from './label.ts';
import type { SpanSource } from './label-sets.ts';
import { resourceOf } from './resource-of.ts';
import type { SpanSample } from './sample/span-sample.ts';
import { type TracedContainer, tracedContainers } from './traced-container.ts';

/** A service with its pods and the spans that they make. */
export interface ServiceTraffic {
  readonly traced: TracedContainer;
  readonly source: SpanSource;
  readonly basis: Basis;
  readonly deploymentsPerDay: number;
}

/** Every service of a model: what is known of it from a sample, else from its description, else assumed. */
export function systemTraffic(model: Model, config: ForecastConfig, sample: SpanSample | undefined): ServiceTraffic[] {
  const assumed = new Map<number, SpanSource['spans']>();
  const assume = (count: number) => {
    const spans = assumed.get(count) ?? assumedTraffic(count);
    assumed.set(count, spans);
    return spans;
  };
  const scaled = autoscaled(model);
  return tracedContainers(model).map((traced) => {
    const { service, workload } = traced;
    const described = ownValue(config.services, service) ?? ownValue(config.services, workload.name);
    const sampled = sample?.services.get(service);
    const operations = described?.operations ?? config.operations;
    const pods = podsOf(workload, scaled, config.nodes);
    return {
      traced,
      source: {
        service,
        pods,
        processes: sampled?.processes ?? described?.processes ?? 1,
        nodes: config.nodes ?? pods,
        spans: sampled?.spans ?? (typeof operations === 'number' ? assume(operations) : describedTraffic(operations)),
        resourceAt: resourceAt(traced),
      },
      basis: sampled !== undefined ? 'sample' : described?.operations === undefined ? 'assumed' : 'described',
      deploymentsPerDay: described?.deploymentsPerDay ?? config.deploymentsPerDay,
    };
  });
}

/** Many questions are asked of the same resource, and spans pass the same processors before several connectors. */
function resourceAt(traced: TracedContainer): SpanSource['resourceAt'] {
  const known = new Map<readonly string[], ResourceLabels>();
  return ({ processors }) => {
    const { collector } = traced;
    const before = known.get(processors);
    if (before !== undefined) {
      return before;
    }
    const labels: ResourceLabels =
      collector === undefined ? new Map() : resourceOf(traced, traced.relays, collector, processors);
    known.set(processors, labels);
    return labels;
  };
}

/** A collector, how it counts, and whose spans. */
export interface CountedCollector {
  readonly collector: Collector;
  readonly counters: readonly SpanCounter[];
  readonly sources: readonly SpanSource[];
}

export function countedCollectors(traffic: readonly ServiceTraffic[]): CountedCollector[] {
  const sources = new Map<Collector, SpanSource[]>();
  for (const { traced, source } of traffic) {
    if (traced.collector !== undefined) {
      const own = sources.get(traced.collector) ?? [];
      own.push(source);
      sources.set(traced.collector, own);
    }
  }
  return [...sources].map(([collector, own]) => ({ collector, counters: spanCounters(collector), sources: own }));
}

/** Most pods that autoscalers may ask for, by the workload that they scale. */
type Autoscaled = ReadonlyMap<string, number>;

const autoscaled = ({ manifests }: Model): Autoscaled =>
  new Map(
    manifests
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .flatMap(({ namespace, value }): [string, number][] => {
        const most = countAt(value, 'spec', 'maxReplicas');
        const target = ['kind', 'name'].map((key) => textAt(value, 'spec', 'scaleTargetRef', key) ?? '');
        return most === undefined ? [] : [[[namespace ?? '', ...target].join('/'), most]];
      }),
  );

/** Pods of a workload at most: what its autoscaler may ask for, and of a DaemonSet one a node. */
function podsOf({ kind, name, replicas, manifest }: Workload, most: Autoscaled, nodes: number | undefined): number {
  return kind === 'DaemonSet'
    ? (nodes ?? 1)
    : Math.max(replicas, most.get([manifest.namespace ?? '', kind, name].join('/')) ?? 0);
}
