import { expect, test } from 'vitest';
import { tracesPipelines, wayTo } from '../../lib/pipeline/spans.ts';
import { collectorManifests } from '../model/support/collector-manifests.ts';
import { first, modelOf } from '../model/support/model-of.ts';

const pipelines = {
  'traces/last': { receivers: ['forward/b'], exporters: ['otlp/out'] },
  'traces/middle': { receivers: ['forward/a'], exporters: ['forward/b'] },
  traces: { receivers: ['otlp'], exporters: ['forward/a', 'debug'] },
  'traces/other': { receivers: ['otlp/other'], exporters: ['debug/other'] },
  'traces/unused': { receivers: ['forward/c'], exporters: ['debug'] },
  metrics: { receivers: ['otlp'], exporters: ['debug'] },
};
const receivers = { otlp: { protocols: { grpc: {} } }, 'otlp/other': { protocols: { http: {} } } };
const collector = first(modelOf(collectorManifests({ config: { receivers, service: { pipelines } } })).collectors);
const ids = (found: ReturnType<typeof tracesPipelines>) => found.map(({ id }) => id);

test('follows spans from every OTLP receiver, or from the one that takes them', () => {
  expect(ids(tracesPipelines(collector))).toEqual(['traces', 'traces/other', 'traces/middle', 'traces/last']);
  expect(ids(tracesPipelines(collector, 'otlp'))).toEqual(['traces', 'traces/middle', 'traces/last']);
  expect(ids(tracesPipelines(collector, 'otlp/other'))).toEqual(['traces/other']);
  expect(ids(tracesPipelines(collector, 'zipkin'))).toEqual([]);
});

test('finds the way to an exporter in the order of the span', () => {
  const passed = tracesPipelines(collector);
  expect(ids(wayTo(passed, 'otlp/out'))).toEqual(['traces', 'traces/middle', 'traces/last']);
  expect(ids(wayTo(passed, 'debug'))).toEqual(['traces']);
  expect(ids(wayTo(passed, 'nowhere'))).toEqual([]);
});
