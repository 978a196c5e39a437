import type { ForecastConfig } from '../config/schema/forecast.ts';
import type { Model } from '../model/model.ts';
import { ownValue } from '../own-value.ts';
import type { SpanCounter } from './collector/span-counter.ts';
import type { Basis } from './forecast.ts';
import type { ResourceLabels } from './label.ts';
import { autoscaled, podsOf } from './pods.ts';
import { resourceOf } from './resource-of.ts';
import type { SpanSample } from './sample/span-sample.ts';
import type { SpanSource } from './span-source.ts';
import { type TracedContainer, tracedContainers } from './traced-container.ts';
import { assumedTraffic, describedTraffic } from './traffic/described-traffic.ts';

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

/** Many questions are asked of the same resource. */
function resourceAt(traced: TracedContainer): SpanSource['resourceAt'] {
  const known = new WeakMap<SpanCounter, ResourceLabels>();
  return (counter) => {
    const { collector } = traced;
    const labels =
      known.get(counter) ??
      (collector === undefined ? new Map() : resourceOf(traced, traced.relays, collector, counter.processors));
    known.set(counter, labels);
    return labels;
  };
}
