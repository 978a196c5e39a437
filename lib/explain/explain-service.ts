import type { Model } from '../model/model.ts';
import type { Explanation, Series } from './explanation.ts';
import { namesOf } from './hops/coralogix.ts';
import { hopsOf } from './hops.ts';
import { type Journey, journeyOf } from './journey.ts';
import { labelsOf } from './labels.ts';
import { type Route, routeFrom } from './route.ts';
import { matchesOf, type Sender } from './senders.ts';
import { seriesNames } from './series/metric-names.ts';
import { withoutSecrets } from './without-secrets.ts';

/**
 * The way of one span of a service.
 *
 * @param service name of its workload, or of its telemetry
 * @returns undefined when nothing of that name was read
 */
export function explainService(model: Model, service: string): Explanation | undefined {
  const [sender] = matchesOf(model, service);
  return sender === undefined ? undefined : explainSender(model, sender);
}

/** The way of one span of a container. */
export function explainSender(model: Model, sender: Sender): Explanation {
  const route = routeFrom(model, sender);
  const journey = journeyOf(route);
  const hops = hopsOf(route, journey);
  const arrives = (name: string) => hops.some((hop) => hop.name === name && hop.status === 'ok');
  const names = arrives('Coralogix') ? namesOf(journey) : undefined;
  return withoutSecrets({
    service: sender.service,
    workload: sender.workload.title,
    namespace: sender.workload.namespace,
    container: sender.container.name,
    hops,
    series: arrives('spanmetrics') ? seriesOf(route, journey) : undefined,
    application: names?.application.value,
    subsystem: names?.subsystem.value,
  });
}

function seriesOf(route: Route, { counts }: Journey): Series | undefined {
  const [count] = counts;
  return count === undefined
    ? undefined
    : { ...seriesNames(count.collector.config, count.connector), labels: labelsOf(route, count) };
}
