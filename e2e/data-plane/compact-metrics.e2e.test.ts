import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compactResourceAttributes } from '../../lib/chart/dimensions.ts';
import { durationBuckets, milliseconds } from '../../lib/collector/components/span-metrics.ts';
import { waitFor } from '../cluster/wait.ts';
import type { Series } from '../sink/shapes.ts';
import { agentAdaptions, Bed } from './bed.ts';
import { chartAgent } from './chart-agent.ts';
import { logFindings } from './findings/log-findings.ts';
import { frequentSpanMetrics, kubeconfigForToken, withoutNodeMetrics } from './runnable-configuration.ts';
import { marks, requests, type SpanPlan } from './span-plan.ts';

const deliveries = {
  manifests: () => agentAdaptions,
  'the chart': (dist: string) => [withoutNodeMetrics, chartAgent(dist), kubeconfigForToken, frequentSpanMetrics],
} as const;

const database = { 'db.system': 'postgresql', 'db.namespace': 'orders', 'db.operation.name': 'SELECT' };

/** Calls of a database, one of them without the name of the database, and one that is no call. */
const databaseSpans = (run: string, sender: string): SpanPlan[] => {
  const of = (attributes: SpanPlan['attributes']) => ({ attributes: { ...marks(run, sender), ...attributes } });
  return [
    { name: 'SELECT orders', kind: 'CLIENT', ...of({ ...database, 'db.collection.name': 'orders' }), count: 4 },
    { name: 'SELECT lines', kind: 'CLIENT', ...of({ ...database, 'db.collection.name': 'lines' }), count: 3 },
    { name: 'GET', kind: 'CLIENT', ...of({ 'db.system': 'redis' }), count: 2 },
    { name: 'serve', kind: 'SERVER', ...of(database), count: 1 },
  ];
};

const reported = ['calls', 'duration'].flatMap((name) =>
  ['compact', 'db', 'db_compact'].map((kind) => `${kind}.${name}`),
);

/** Names of the exporter of plain OTLP. */
const isCoralogixName = (name: string): boolean => name.startsWith('cx.');

describe.each(Object.entries(deliveries))('span metrics of %s', (_, adaptions) => {
  const service = 'query-service';
  let bed: Bed;
  let sent = 0;
  let series: Series[];
  let agents: Awaited<ReturnType<Bed['startAgents']>>;

  const named = (name: string) => series.filter((one) => one.name === name);
  const calls = (name: string) => named(name).reduce((sum, one) => sum + (one.kind === 'sum' ? one.value : 0), 0);

  beforeAll(async () => {
    bed = await Bed.start();
    agents = await bed.startAgents(adaptions(bed.dist));
    const services = await bed.startServices(await bed.servicePods(`app.kubernetes.io/name=${service}`));
    expect(services).toHaveLength(2);
    for (const each of services) {
      const { uid } = each.pod.metadata;
      sent += await each.send([...requests('compact', uid), ...databaseSpans('compact', uid)]);
      await each.flush();
    }
    await waitFor('all spans and their compact metrics', async () => {
      series = await bed.sink.series(...reported);
      const found = [calls('compact.calls'), calls('db.calls'), calls('db_compact.calls')];
      return JSON.stringify(found) === JSON.stringify([sent, 20, 14]) || undefined;
    });
  });

  afterAll(() => bed?.stop());

  test('come from collectors that report no error', () => {
    expect(logFindings(agents)).toEqual([]);
  });

  test('count every span in compact_calls_total, by service, kind, status and node alone', () => {
    expect(labelsOf(named('compact.calls'))).toEqual(['service.name', 'span.kind', 'status.code']);
    expect(new Set(named('compact.calls').map(({ attributes }) => attributes['span.kind']))).toEqual(
      new Set(['SPAN_KIND_SERVER', 'SPAN_KIND_CLIENT', 'SPAN_KIND_CONSUMER']),
    );
    expect(new Set(named('compact.calls').map(({ attributes }) => attributes['status.code']))).toEqual(
      new Set(['STATUS_CODE_UNSET', 'STATUS_CODE_ERROR']),
    );
    expect(new Set(named('compact.calls').map(({ resource }) => resource['host.name']))).toEqual(
      new Set(['node-a', 'node-b']),
    );
  });

  test.each(['compact', 'db_compact'])('of %s have no attribute of a pod', (kind) => {
    for (const one of [...named(`${kind}.calls`), ...named(`${kind}.duration`)]) {
      const names = Object.keys(one.resource).filter((name) => !isCoralogixName(name));
      expect(names.sort()).toEqual([...compactResourceAttributes].sort());
      expect(one.resource['service.name']).toBe(service);
    }
  });

  test('count calls of databases with their pod, and without the names of their spans once more', () => {
    expect(labelsOf(named('db.calls'))).toEqual(
      ['service.name', 'service.version', 'span.kind', 'span.name', 'status.code', ...Object.keys(database)]
        .concat('db.collection.name')
        .sort(),
    );
    expect(named('db.calls').every(({ resource }) => resource['k8s.pod.name'] !== undefined)).toBe(true);
    expect(labelsOf(named('db_compact.calls'))).toEqual(['db.namespace', 'db.system', 'service.name', 'status.code']);
    expect(new Set(named('db_compact.calls').map(({ attributes }) => attributes['db.namespace']))).toEqual(
      new Set(['orders']),
    );
  });

  test.each(['compact', 'db', 'db_compact'])(
    'of %s are histograms in milliseconds with the buckets that APM reads',
    (kind) => {
      const durations = named(`${kind}.duration`);
      expect(durations.length).toBe(named(`${kind}.calls`).length);
      for (const one of durations) {
        expect(one).toMatchObject({ kind: 'histogram', unit: 'ms', bounds: durationBuckets.map(milliseconds) });
      }
    },
  );
});

const labelsOf = (series: readonly Series[]): string[] =>
  [...new Set(series.flatMap(({ attributes }) => Object.keys(attributes)))].sort();
