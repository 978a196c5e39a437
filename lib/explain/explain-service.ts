import type { Model } from '../model/model.ts';
import type { CollectorPath, ConnectorCount } from '../model/path/collector-path.ts';
import { coralogixNamesAt } from '../model/path/hops/coralogix.ts';
import { labelsOf } from '../model/path/labels.ts';
import type { Sender } from '../model/path/sender.ts';
import { seriesNames } from '../model/path/series/metric-names.ts';
import type { SpanPath } from '../model/path/span-path.ts';
import { walkPath } from '../model/path/walked-path.ts';
import { maskSecrets, maskTexts } from '../secrets/mask-secrets.ts';
import type { CountedSeries, Explanation, OtherSeries, Series } from './explanation.ts';
import { explainedHop } from './hop.ts';
import { matchesOf } from './senders.ts';

/**
 * The path of one span of a service.
 *
 * @param service name of its workload, or of its telemetry
 * @returns undefined when nothing of that name was read
 */
export function explainService(model: Model, service: string): Explanation | undefined {
  const [sender] = matchesOf(model, service);
  return sender === undefined ? undefined : explainSender(model, sender);
}

/** The path of one span of a container. */
export function explainSender(model: Model, sender: Sender): Explanation {
  const { spanPath, collectorPath, hops: walked } = walkPath(model, sender);
  const hops = walked.map(explainedHop);
  const arrives = (name: string) => hops.some((hop) => hop.name === name && hop.status === 'ok');
  const names = arrives('Coralogix') ? coralogixNamesAt(collectorPath) : undefined;
  return maskedExplanation({
    service: sender.service,
    workload: sender.workload.title,
    namespace: sender.workload.namespace,
    container: sender.container.name,
    hops,
    series: arrives('spanmetrics') ? seriesOf(spanPath, collectorPath) : undefined,
    application: names?.application.value,
    subsystem: names?.subsystem.value,
  });
}

function seriesOf(spanPath: SpanPath, { counts }: CollectorPath): Series | undefined {
  const [count] = counts;
  if (count === undefined) {
    return undefined;
  }
  const counted = (each: ConnectorCount): CountedSeries => ({
    ...seriesNames(each.collector.config, each.connector),
    labels: labelsOf(spanPath, each),
  });
  const main = counted(count);
  // What goes nowhere makes no series, and connectors that a routing connector chooses from have the names of the main one.
  const others = count
    .others()
    .filter(
      ({ collector, connector, consumer }) =>
        consumer !== undefined && seriesNames(collector.config, connector).calls !== main.calls,
    )
    .map((other): OtherSeries => ({ ...counted(other), filters: other.filters }));
  return { ...main, others };
}

/** User and password of a URL, of which nothing need be seen to know where it leads. */
const credentials = /\/\/[^\s/@]+@/g;

/** The explanation as it may be pasted: what looks like a secret is replaced. */
const maskedExplanation = (explanation: Explanation): Explanation =>
  maskTexts(explanation, (text, name) => maskSecrets(text.replaceAll(credentials, '//'), name));
