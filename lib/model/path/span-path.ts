import type { Listener } from '../../pipeline/listeners.ts';
import type { Collector } from '../collector/collector.ts';
import { type SpanOrigin, spanOrigin } from '../enrichment/span-origin.ts';
import type { Model } from '../model.ts';
import type { Answer } from '../network/resolve.ts';
import { answerTo } from '../spans/answer-to.ts';
import { collectorsOnPath } from '../spans/collectors-on-path.ts';
import { listenerAt } from '../spans/listener-at.ts';
import type { Sender } from './sender.ts';

/** Everything about the spans of one service that the hops are judged by. */
export interface SpanPath extends SpanOrigin {
  readonly service: string;
  /** What answers at the endpoint; undefined where there is no endpoint. */
  readonly answer: Answer | undefined;
  readonly collector: Collector | undefined;
  /** What of the collector takes what is sent to the endpoint's port. */
  readonly listener: Listener | undefined;
  /** The collector and those that it sends spans on to, in order. */
  readonly collectors: readonly Collector[];
}

/** The path of the spans of a container. */
export function spanPathOf(model: Model, { service, ...application }: Sender): SpanPath {
  const origin = spanOrigin(model, application);
  const { settings, workload } = origin;
  const answer = settings.endpoint && answerTo(model, workload, settings.endpoint);
  const collector = answer?.kind === 'collector' ? answer.collector : undefined;
  const listener = answer?.kind === 'collector' ? listenerAt(answer, settings.endpoint?.port) : undefined;
  const collectors = collector === undefined ? [] : collectorsOnPath(model, collector);
  return { ...origin, service, answer, collector, listener, collectors };
}
