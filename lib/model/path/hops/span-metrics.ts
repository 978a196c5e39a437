import { maySendTracesOn } from '../../../pipeline/exporters.ts';
import { attribute } from '../../../telemetry/resource-attributes.ts';
import { makesAnySpanMetrics } from '../../spans/wrong-collector.ts';
import type { CollectorPath, Count } from '../collector-path.ts';
import { sendsToCoralogix } from '../coralogix-exporter.ts';
import type { Cause, Reason, Verdict } from '../hop.ts';
import { labelledAttributes } from '../labels.ts';
import { seriesNames } from '../series/metric-names.ts';
import type { SpanPath } from '../span-path.ts';

/** Whether the span is counted, under the names and with the labels that Coralogix reads. */
export function spanMetricsVerdict(spanPath: SpanPath, { hops, counts }: CollectorPath): Verdict {
  const [count, again] = counts;
  if (count === undefined) {
    return uncounted(spanPath, hops);
  }
  const { collector, connector, consumer, sampler, enrichment } = count;
  const place = () => collector.place(['connectors', connector]);
  const broken = brokenAt(place);
  if (consumer === undefined) {
    return broken(
      'no-consumer',
      `${connector} counts the span, and the metrics go nowhere`,
      'no pipeline of metrics receives from it',
    );
  }
  const remover = enrichment.removed.get('service.name')?.id;
  if (remover !== undefined && !enrichment.resource.has('service.name')) {
    return broken(
      'no-service-name',
      `${connector} does not count the span`,
      `it skips a span without service.name, which ${remover} removes`,
    );
  }
  if (sampler !== undefined) {
    return broken('sampled', `${connector} counts only what is sampled`, `${sampler} drops spans before`);
  }
  if (again !== undefined) {
    return broken(
      'counted-twice',
      'the span is counted twice',
      `${collector.title} and ${again.collector.title} both count it`,
    );
  }
  return judgedSeries(spanPath, count, place) ?? counted(spanPath, count);
}

/** Broken for one reason, which is the one at the place of the hop. */
const brokenAt =
  (place: Reason['place']) =>
  (cause: Cause, message: string, reason: string): Verdict => ({
    status: 'broken',
    cause,
    message,
    reasons: [{ message: reason, place }],
    place,
  });

function uncounted({ model }: SpanPath, hops: CollectorPath['hops']): Verdict {
  const collector = hops[0]?.collector;
  const last = hops.at(-1);
  const mayBeCounted = last !== undefined && maySendTracesOn(last.collector.pipelines) && makesAnySpanMetrics(model);
  if (mayBeCounted) {
    const place = () => last.collector.place(['exporters']);
    const reasons = [
      { message: `where ${last.collector.title} sends its traces on is in no file that was read`, place },
    ];
    return { status: 'unknown', message: 'cannot tell whether a collector counts the span', reasons, place };
  }
  const message =
    collector?.tier === 'cluster-collector'
      ? 'it is the collector of the whole cluster, and the agent on each node makes them'
      : 'no pipeline of traces exports to a span metrics connector';
  const place = () => collector?.place(['connectors', 'spanmetrics']);
  return {
    status: 'broken',
    cause: 'no-span-metrics',
    message: `${collector?.title} makes no span metrics`,
    reasons: [{ message, place }],
    place,
  };
}

const ofPod: ReadonlySet<string> = new Set([attribute.podName, attribute.nodeName]);

const needed = ['service.name', 'span.name', 'span.kind', 'status.code', attribute.podName, attribute.nodeName];

/** What keeps the series from being read. */
function judgedSeries(spanPath: SpanPath, count: Count, place: Reason['place']): Verdict | undefined {
  const { collector, connector } = count;
  const names = seriesNames(collector.config, connector);
  const broken = brokenAt(place);
  if (!sendsToCoralogix(collector)) {
    return undefined;
  }
  if (names.calls !== 'calls_total' || names.duration !== 'duration_ms_bucket') {
    const found = `${names.calls} and ${names.duration ?? 'no durations'}`;
    return broken(
      'metric-name',
      `${connector} makes ${found}`,
      'Coralogix APM reads calls_total and duration_ms_bucket',
    );
  }
  const there = labelledAttributes(spanPath, count);
  // Without pod and node on the span, which is reported of its processors, no label can have them.
  const hasSource = (name: string) => !ofPod.has(name) || count.enrichment.resource.has(name);
  const missing = needed.filter((name) => !there.has(name) && hasSource(name));
  return missing.length === 0
    ? undefined
    : broken(
        'missing-label',
        `calls_total has no label ${missing.join(' and no ')}`,
        'it is neither a dimension nor an attribute of the resource',
      );
}

function counted(spanPath: SpanPath, { collector, connector, consumer }: Count): Verdict {
  const { calls, duration } = seriesNames(collector.config, connector);
  const place = () => collector.place(['connectors', connector]);
  const dimensions = collector.dimensions.map(({ name }) => name);
  return {
    status: 'ok',
    message: `the span is counted in ${[calls, duration].flatMap((name) => name ?? []).join(' and ')}`,
    reasons: [
      { message: `${connector} of ${collector.title} has the dimensions ${dimensions.join(', ') || '(none)'}`, place },
      {
        message: `pipeline ${consumer?.id} sends what it counts`,
        place: () => collector.place(['service', 'pipelines', consumer?.id ?? 'metrics']),
      },
      ...ineffectivePresets(spanPath),
    ],
    place,
  };
}

/** What was meant for it and has no effect. */
const ineffectivePresets = ({ model, collector }: SpanPath): Reason[] =>
  model.values.flatMap(({ chart, title, document, root, written }) =>
    chart === 'otel-integration' &&
    collector?.title.endsWith(` of ${title}`) === true &&
    Object.hasOwn(written, 'presets')
      ? [
          {
            message: 'presets at the top level change nothing: the chart reads them below a sub-chart',
            place: () => document.place([...root, 'presets'], 'key'),
          },
        ]
      : [],
  );
