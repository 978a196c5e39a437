import { sendsSpans } from '../spans/instrumentation.ts';
import type { CollectorPath } from './collector-path.ts';
import type { Hop, Verdict } from './hop.ts';
import { addressHop } from './hops/address.ts';
import { coralogixVerdict } from './hops/coralogix.ts';
import { exportVerdict } from './hops/export.ts';
import { gatewayVerdict } from './hops/gateway.ts';
import { nodeHop } from './hops/node.ts';
import { notRunningVerdict } from './hops/not-running.ts';
import { processorsVerdict } from './hops/processors.ts';
import { receiverHop } from './hops/receiver.ts';
import { sdkHop } from './hops/sdk.ts';
import { spanMetricsVerdict } from './hops/span-metrics.ts';
import type { SpanPath } from './span-path.ts';

/** Every hop, judged by itself and then by what is known to arrive there. */
export function hopsOf(spanPath: SpanPath, collectorPath: CollectorPath): Hop[] {
  const hasCollector = spanPath.collector !== undefined;
  const behind = (name: string, verdict: Verdict | undefined): Hop =>
    hasCollector && verdict !== undefined ? { name, ...verdict } : notKnown(name);
  const [first, ...relays] = spanPath.collectors;
  const { model } = spanPath;
  const notRunning = first && notRunningVerdict(model, first);
  const stopped = relays.find((collector) => notRunningVerdict(model, collector) !== undefined);
  const relay = stopped && notRunningVerdict(model, stopped);
  const gateway = relay ?? gatewayVerdict(model, collectorPath);
  const counting = collectorPath.counts[0]?.collector;
  const lostAt = stopped === undefined ? 0 : relays.indexOf(stopped);
  const isCountedBehind =
    (stopped !== undefined || gateway?.status === 'broken') &&
    counting !== undefined &&
    lostAt <= relays.indexOf(counting);
  // Of a configuration that was read it is known what it would do.
  const isRead = first?.unread === undefined;
  const takes = isRead ? receiverHop(spanPath) : undefined;
  const receiver: Hop | undefined =
    notRunning === undefined || (notRunning.status === 'unknown' && takes?.status === 'broken')
      ? takes
      : { name: 'receiver', ...notRunning };
  const isRelayRead = relays.every(({ unread }) => unread === undefined);
  const processors = isRead ? processorsVerdict(spanPath, collectorPath) : undefined;
  const coralogix = coralogixVerdict(collectorPath);
  // Without the attributes of the pod, names that are made of them are a consequence.
  const names = processors?.status === 'broken' && coralogix.cause === 'default-names' ? undefined : coralogix;
  return arriving(
    [
      sdkHop(spanPath, hasCollector ? processors : undefined),
      addressHop(spanPath) ?? notKnown('address'),
      nodeHop(spanPath) ?? notKnown('node'),
      receiver ?? notKnown('receiver'),
      behind('processors', processors),
      behind('spanmetrics', isRead && !isCountedBehind ? spanMetricsVerdict(spanPath, collectorPath) : undefined),
      ...(gateway === undefined ? [] : [behind('gateway', gateway)]),
      behind('export', isRead && isRelayRead ? exportVerdict(spanPath, collectorPath) : undefined),
      behind('Coralogix', isRead && isRelayRead ? names : undefined),
    ],
    sendsSpans(spanPath),
  );
}

const notKnown = (name: string): Hop => ({ name, status: 'unknown', message: 'cannot tell', reasons: [] });

/**
 * Behind a broken hop no hop is reported as ok; one that is broken as well stays broken.
 *
 * @param isSent whether a span is sent at all; else nothing is known behind the SDK
 */
function arriving(hops: readonly Hop[], isSent: boolean): Hop[] {
  const first = hops.findIndex(({ status }) => status === 'broken');
  const cause = hops[first] ?? hops.find(({ status, message }) => status === 'unknown' && message !== 'cannot tell');
  return hops.map((hop, index) => {
    const isUnknown = hop.message === 'cannot tell' && cause !== undefined;
    if (first >= 0 && index > first && (hop.status !== 'broken' || !isSent)) {
      return withoutClaim(hop, `${cause?.name} is broken, so what arrives is not known`);
    }
    return isUnknown
      ? withoutClaim(hop, `${cause.name} is ${cause.status === 'broken' ? 'broken' : 'not known'}`)
      : hop;
  });
}

const withoutClaim = ({ name }: Hop, reason: string): Hop => ({
  name,
  status: 'unknown',
  message: 'cannot tell',
  reasons: [{ message: reason }],
});
