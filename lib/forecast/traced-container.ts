import { podhost } from '../command-name.ts';
import { type Collector, makesSpanMetrics } from '../model/collector/collector.ts';
import { type SpanOrigin, spanOrigin } from '../model/enrichment/span-origin.ts';
import type { Model } from '../model/model.ts';
import type { Answer } from '../model/network/resolve.ts';
import { lostAt } from '../model/path/lost-span.ts';
import { pathShape } from '../model/path/path-shape.ts';
import { type WalkedPath, walkPath } from '../model/path/walked-path.ts';
import { answerTo } from '../model/spans/answer-to.ts';
import { collectorsOnPath } from '../model/spans/collectors-on-path.ts';
import { type ApplicationContainer, applicationContainers } from '../model/spans/instrumentation.ts';

/** A container that sends spans, and the collector that counts them. */
export interface TracedContainer extends SpanOrigin {
  /** `service.name`, or the name of the workload where no variable has it. */
  readonly service: string;
  /** Collectors that pass its spans on before, and count none. */
  readonly relays: readonly Collector[];
  /** Undefined where no span metrics are made of its spans. */
  readonly collector: Collector | undefined;
  /** Why that collector or why none, or what changes its count; undefined where its endpoint leads to it. */
  readonly reason: string | undefined;
}

/** All of them, in the order of the manifests, also those that are switched off. */
export function tracedContainers(model: Model): TracedContainer[] {
  const counting = model.collectors.filter(makesSpanMetrics);
  const walk = pathsWithCauses(model);
  return applicationContainers(model)
    .filter(({ instrumentation }) => instrumentation.kind !== 'unknown')
    .map((application) => {
      const origin = spanOrigin(model, application);
      const { attributes, settings, workload } = origin;
      const answer = settings.endpoint && answerTo(model, workload, settings.endpoint);
      const walked = walk(application);
      const found =
        switchedOff(origin) ?? lost(walked, answer) ?? sampled(walked, foundBehind(model, answer, counting));
      return { ...origin, service: attributes.get('service.name') ?? workload.name, ...found };
    });
}

/** Paths of containers; undefined where the path of one that is alike has no cause at any hop. */
function pathsWithCauses(model: Model): (application: ApplicationContainer) => WalkedPath | undefined {
  const whole = new Set<string>();
  return (application) => {
    const sender = { ...application, service: application.workload.name };
    const shape = pathShape(model, sender);
    if (shape !== undefined && whole.has(shape)) {
      return undefined;
    }
    const walked = walkPath(model, sender);
    if (shape !== undefined && walked.hops.every(({ cause }) => cause === undefined)) {
      whole.add(shape);
    }
    return walked;
  };
}

type Found = Pick<TracedContainer, 'relays' | 'collector' | 'reason'>;

function switchedOff({ instrumentation }: SpanOrigin): Found | undefined {
  if (instrumentation.kind !== 'off') {
    return undefined;
  }
  const { name, value } = instrumentation.variable;
  return { relays: [], collector: undefined, reason: `${name} is ${value?.trim()}: it sends no spans` };
}

/** Where the endpoint leads to a collector or is not known, and no span metric comes out of it for certain. */
function lost(walked: WalkedPath | undefined, answer: Answer | undefined): Found | undefined {
  const isFollowed = answer === undefined || answer.kind === 'collector' || answer.kind === 'unknown';
  const hop = isFollowed && walked !== undefined ? lostAt(walked) : undefined;
  return hop === undefined || hop.cause === 'no-span-metrics'
    ? undefined
    : { relays: [], collector: undefined, reason: `it is broken at ${hop.name}: ${hop.message}` };
}

/** A sampler of the SDK changes what is counted, and not by which collector. */
function sampled(walked: WalkedPath | undefined, found: Found): Found {
  const hop = walked?.hops.find(({ cause }) => cause === 'sampler');
  return hop === undefined || found.collector === undefined || found.reason !== undefined
    ? found
    : { ...found, reason: `its SDK ${hop.message}` };
}

function foundBehind(model: Model, answer: Answer | undefined, counting: readonly Collector[]): Found {
  if (answer?.kind === 'collector') {
    return counted(collectorsOnPath(model, answer.collector));
  }
  return answer === undefined || answer.kind === 'unknown'
    ? assumed(counting)
    : {
        relays: [],
        collector: undefined,
        reason: `its endpoint leads to no collector: ${podhost} explain gives the reason`,
      };
}

/** The first that counts; what counts behind it counts the same spans again. */
function counted(collectors: readonly Collector[]): Found {
  const index = collectors.findIndex(makesSpanMetrics);
  const unread = collectors.find((collector) => collector.unread?.kind === 'elsewhere');
  if (index < 0 && unread !== undefined) {
    return { relays: [], collector: undefined, reason: `the configuration of ${unread.title} was not read` };
  }
  return index < 0
    ? {
        relays: [],
        collector: undefined,
        reason: `${collectors.map(({ title }) => title).join(' and ')} ${collectors.length > 1 ? 'make' : 'makes'} no span metrics`,
      }
    : { relays: collectors.slice(0, index), collector: collectors[index], reason: undefined };
}

/** Where the endpoint is not known, the one collector that there is must be it. */
function assumed([only, ...others]: readonly Collector[]): Found {
  return only === undefined || others.length > 0
    ? { relays: [], collector: undefined, reason: 'the collector of its spans is not known' }
    : {
        relays: [],
        collector: only,
        reason: `its endpoint is not known: ${only.title} is assumed`,
      };
}
