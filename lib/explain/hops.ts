import type { Hop, Verdict } from './hop.ts';
import { addressHop } from './hops/address.ts';
import { coralogixVerdict } from './hops/coralogix.ts';
import { exportVerdict } from './hops/export.ts';
import { gatewayVerdict } from './hops/gateway.ts';
import { nodeHop } from './hops/node.ts';
import { processorsVerdict } from './hops/processors.ts';
import { receiverHop } from './hops/receiver.ts';
import { sdkHop } from './hops/sdk.ts';
import { spanMetricsVerdict } from './hops/span-metrics.ts';
import { unreadVerdict } from './hops/unread-configuration.ts';
import type { Journey } from './journey.ts';
import type { Route } from './route.ts';

/** Every step, judged by itself and then by what is known to arrive there. */
export function hopsOf(route: Route, journey: Journey): Hop[] {
  const isOnWay = route.collector !== undefined;
  const behind = (name: string, verdict: Verdict | undefined): Hop =>
    isOnWay && verdict !== undefined ? { name, ...verdict } : notKnown(name);
  const [first, ...relays] = route.chain;
  const unread = first && unreadVerdict(first);
  const unreadRelay = relays.flatMap((collector) => unreadVerdict(collector) ?? [])[0];
  const gateway = unreadRelay ?? gatewayVerdict(journey);
  const isRead = unread === undefined;
  return arriving([
    sdkHop(route),
    addressHop(route) ?? notKnown('address'),
    nodeHop(route) ?? notKnown('node'),
    (isRead ? receiverHop(route) : { name: 'receiver', ...unread }) ?? notKnown('receiver'),
    behind('processors', isRead ? processorsVerdict(route, journey) : undefined),
    behind('spanmetrics', isRead ? spanMetricsVerdict(route, journey) : undefined),
    ...(gateway === undefined ? [] : [behind('gateway', gateway)]),
    behind('export', isRead && unreadRelay === undefined ? exportVerdict(journey) : undefined),
    behind('Coralogix', isRead && unreadRelay === undefined ? coralogixVerdict(journey) : undefined),
  ]);
}

const notKnown = (name: string): Hop => ({ name, status: 'unknown', message: 'cannot tell', reasons: [] });

/** Behind a broken step nothing is claimed to work; what is broken there as well stays broken. */
function arriving(hops: readonly Hop[]): Hop[] {
  const first = hops.findIndex(({ status }) => status === 'broken');
  const cause = hops[first] ?? hops.find(({ status, message }) => status === 'unknown' && message !== 'cannot tell');
  return hops.map((hop, index) => {
    const isNotTold = hop.message === 'cannot tell' && cause !== undefined;
    if (first >= 0 && index > first && hop.status !== 'broken') {
      return withoutClaim(hop, `${cause?.name} is broken, so what arrives is not known`);
    }
    return isNotTold ? withoutClaim(hop, `${cause.name} is not known`) : hop;
  });
}

const withoutClaim = ({ name }: Hop, reason: string): Hop => ({
  name,
  status: 'unknown',
  message: 'cannot tell',
  reasons: [{ message: reason }],
});
