import { findDimensionClashes } from '../../pipeline/dimension-clashes.ts';
import { attribute } from '../../telemetry/resource-attributes.ts';
import type { CollectorPath, Count } from '../collector-path.ts';
import type { Reason, Verdict } from '../hop.ts';
import { labelsOf } from '../labels.ts';
import { seriesNames } from '../series/metric-names.ts';
import type { SpanPath } from '../span-path.ts';

/** Whether the span is counted, under the names and with the labels that Coralogix reads. */
export function spanMetricsVerdict(spanPath: SpanPath, { hops, counts }: CollectorPath): Verdict {
  const [count, again] = counts;
  if (count === undefined) {
    return uncounted(hops[0]?.collector);
  }
  const { collector, connector, consumer, sampler } = count;
  const place = collector.place(['connectors', connector]);
  const broken = (message: string, reason: string): Verdict => ({
    status: 'broken',
    message,
    reasons: [{ message: reason, place }],
    place,
  });
  if (consumer === undefined) {
    return broken(
      `${connector} counts the span, and the metrics go nowhere`,
      'no pipeline of metrics receives from it',
    );
  }
  if (sampler !== undefined) {
    return broken(`${connector} counts only what is sampled`, `${sampler} drops spans before`);
  }
  if (again !== undefined) {
    return broken('the span is counted twice', `${collector.title} and ${again.collector.title} both count it`);
  }
  return judgedSeries(spanPath, count, place) ?? counted(spanPath, count);
}

function uncounted(collector: CollectorPath['hops'][number]['collector'] | undefined): Verdict {
  const message =
    collector?.tier === 'cluster-collector'
      ? 'it is the collector of the whole cluster, and the agent on each node makes them'
      : 'no pipeline of traces exports to a span metrics connector';
  const place = collector?.place(['connectors', 'spanmetrics']);
  return {
    status: 'broken',
    message: `${collector?.title} makes no span metrics`,
    reasons: [{ message, place }],
    place,
  };
}

const needed = ['service.name', 'span.name', 'span.kind', 'status.code', attribute.podName, attribute.nodeName];

/** What keeps the series from being read. */
function judgedSeries(spanPath: SpanPath, count: Count, place: Reason['place']): Verdict | undefined {
  const { collector, connector } = count;
  const names = seriesNames(collector.config, connector);
  const clashing = refusedDimension(collector.dimensions.map(({ name }) => name));
  const broken = (message: string, reason: string): Verdict => ({
    status: 'broken',
    message,
    reasons: [{ message: reason, place }],
    place,
  });
  if (clashing !== undefined) {
    return broken(
      `${collector.title} does not start`,
      `${connector} refuses the dimension ${clashing}, which is there already`,
    );
  }
  if (names.calls !== 'calls_total' || names.duration !== 'duration_ms_bucket') {
    const found = `${names.calls} and ${names.duration ?? 'no durations'}`;
    return broken(`${connector} makes ${found}`, 'Coralogix APM reads calls_total and duration_ms_bucket');
  }
  const there = new Set(labelsOf(spanPath, count).flatMap(({ attributes }) => attributes));
  const missing = needed.filter((name) => !there.has(name));
  return missing.length === 0
    ? undefined
    : broken(
        `calls_total has no label ${missing.join(' and no ')}`,
        'it is neither a dimension nor an attribute of the resource',
      );
}

/** One that is equal only as a label is accepted; the chart itself has one. */
const refusedDimension = (names: readonly string[]): string | undefined =>
  findDimensionClashes(names)
    .filter((clash) => clash.kind === 'duplicate' || (clash.kind === 'reserved' && names[clash.index] === clash.label))
    .flatMap(({ index }) => names[index] ?? [])[0];

function counted(spanPath: SpanPath, { collector, connector, consumer }: Count): Verdict {
  const place = collector.place(['connectors', connector]);
  const dimensions = collector.dimensions.map(({ name }) => name);
  return {
    status: 'ok',
    message: 'the span is counted in calls_total and duration_ms_bucket',
    reasons: [
      { message: `${connector} of ${collector.title} has the dimensions ${dimensions.join(', ') || '(none)'}`, place },
      {
        message: `pipeline ${consumer?.id} sends what it counts`,
        place: collector.place(['service', 'pipelines', consumer?.id ?? 'metrics']),
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
            place: document.place([...root, 'presets'], 'key'),
          },
        ]
      : [],
  );
