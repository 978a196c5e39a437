import { durationBuckets } from '../../../lib/collector/components/span-metrics.ts';
import type { Attributes, ReceivedResource, ReceivedSpan, Series } from '../../sink/shapes.ts';
import type { Sender } from './sender.ts';

const bounds = durationBuckets.map((bucket) => Number.parseFloat(bucket) * (bucket.endsWith('ms') ? 1 : 1_000));
const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const statuses = ['UNSET', 'OK', 'ERROR'];

interface Expected {
  readonly resource: Attributes;
  readonly spans: ReceivedSpan[];
}

/**
 * What is wrong with the span metrics: series that the spans do not account for, or the other way round. Labels are
 * exactly those that every series has and the dimensions that the spans carry.
 */
export function metricFindings(
  senders: readonly Sender[],
  dimensions: readonly string[],
  received: readonly ReceivedResource[],
  series: readonly Series[],
): string[] {
  const expected = new Map<string, Expected>();
  const counted = new Set(series.map(({ resource }) => resource['k8s.pod.uid']));
  for (const { resource, spans } of received) {
    // That there is nothing at all is said once.
    for (const span of counted.has(resource['k8s.pod.uid']) ? spans : []) {
      const key = keyOf(resource, labelsOf(span, resource, dimensions));
      const entry = expected.get(key) ?? { resource, spans: [] };
      entry.spans.push(span);
      expected.set(key, entry);
    }
  }
  return [
    ...senders.flatMap((sender) => missingMetrics(sender, series)),
    ...['calls', 'duration'].flatMap((name) => differences(name, expected, series)),
  ];
}

/** Waiting is over when as many spans are counted as were sent. */
export const callsOf = (uid: string, series: readonly Series[]): number =>
  series
    .filter(({ name, resource }) => name === 'calls' && resource['k8s.pod.uid'] === uid)
    .reduce((sum, calls) => sum + (calls.kind === 'sum' ? calls.value : 0), 0);

function missingMetrics({ title, uid, deployment, sent }: Sender, series: readonly Series[]): string[] {
  const own = series.filter(({ resource }) => resource['k8s.pod.uid'] === uid);
  const missing = ['calls', 'duration'].filter((name) => !own.some((candidate) => candidate.name === name));
  if (missing.length > 0) return [`no ${missing.join(' and ')} of ${deployment} (${title})`];
  const counted = callsOf(uid, series);
  return counted === sent ? [] : [`${title} sent ${sent} spans, calls counts ${counted}`];
}

function differences(name: string, expected: ReadonlyMap<string, Expected>, all: readonly Series[]): string[] {
  const series = all.filter((candidate) => candidate.name === name);
  const found = new Map(series.map((one) => [keyOf(one.resource, one.attributes), one]));
  return [
    ...[...expected].flatMap(([key, { spans }]) => {
      const one = found.get(key);
      return one === undefined ? [`no series of ${name} has exactly ${key}`] : wrongValues(one, spans, key);
    }),
    ...[...found.keys()]
      .filter((key) => !expected.has(key))
      .map((key) => `${name} has a series that no span accounts for: ${key}`),
  ];
}

function wrongValues(series: Series, spans: readonly ReceivedSpan[], key: string): string[] {
  const wrong = (what: string, is: unknown, should: unknown) =>
    JSON.stringify(is) === JSON.stringify(should)
      ? []
      : [`${series.name} ${key}: ${what} is ${JSON.stringify(is)}, not ${JSON.stringify(should)}`];
  if (series.kind !== 'histogram') {
    return [...wrong('value', series.value, spans.length), ...wrong('cumulative', series.cumulative, true)];
  }
  const milliseconds = spans.map((span) => span.milliseconds);
  return [
    ...wrong('unit', series.unit, 'ms'),
    ...wrong('list of bounds', series.bounds, bounds),
    ...wrong('count', series.count, spans.length),
    ...wrong('list of buckets', series.buckets, bucketsOf(milliseconds)),
    ...wrong('sum', Math.round(series.sum), Math.round(milliseconds.reduce((sum, one) => sum + one, 0))),
  ];
}

function bucketsOf(milliseconds: readonly number[]): number[] {
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map(() => 0);
  for (const one of milliseconds) {
    const index = bounds.findIndex((bound) => one <= bound);
    const bucket = index < 0 ? bounds.length : index;
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  return buckets;
}

function labelsOf(span: ReceivedSpan, resource: Attributes, dimensions: readonly string[]): Attributes {
  const carried = dimensions.flatMap((name): [string, string | number | boolean][] => {
    const value = span.attributes[name] ?? resource[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    'service.name': resource['service.name'] ?? '',
    'span.name': span.name,
    'span.kind': `SPAN_KIND_${kinds[span.kind]}`,
    'status.code': `STATUS_CODE_${statuses[span.status]}`,
    ...Object.fromEntries(carried),
  };
}

const keyOf = (resource: Attributes, labels: Attributes): string =>
  [
    `pod ${resource['k8s.pod.name']}`,
    ...Object.entries(labels)
      .map(([name, value]) => `${name}=${value}`)
      .sort(),
  ].join(', ');
