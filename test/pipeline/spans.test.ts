import { expect, test } from 'vitest';
import { pathOut } from '../../lib/pipeline/exporters.ts';
import { type Pipeline, Pipelines } from '../../lib/pipeline/pipelines.ts';
import {
  countingPipelines,
  mainSpanMetricsConnector,
  pathTo,
  pipelinesOfSpans,
  samplerBefore,
} from '../../lib/pipeline/spans.ts';

const pipelines = new Pipelines({
  connectors: { 'forward/a': null, 'forward/b': null, 'forward/c': null },
  service: {
    pipelines: {
      'traces/last': { receivers: ['forward/b'], exporters: ['otlp/out'] },
      'traces/middle': { receivers: ['forward/a'], exporters: ['forward/b'] },
      traces: { receivers: ['otlp'], exporters: ['forward/a', 'debug', 'zipkin'] },
      'traces/other': { receivers: ['otlp/other'], exporters: ['debug/other'] },
      'traces/unused': { receivers: ['forward/c'], exporters: ['debug'] },
      'traces/zipkin': { receivers: ['zipkin'], exporters: ['debug'] },
      metrics: { receivers: ['otlp', 'forward/a'], exporters: ['debug'] },
    },
  },
});
const ids = (found: readonly Pipeline[]) => found.map(({ id }) => id);

test('spans are followed from every OTLP receiver, or from the one that accepts them', () => {
  expect(ids(pipelinesOfSpans(pipelines))).toEqual(['traces', 'traces/other', 'traces/middle', 'traces/last']);
  expect(ids(pipelinesOfSpans(pipelines, { receiver: 'otlp' }))).toEqual(['traces', 'traces/middle', 'traces/last']);
  expect(ids(pipelinesOfSpans(pipelines, { receiver: 'otlp/other' }))).toEqual(['traces/other']);
});

test('an exporter and a receiver of one id join no pipelines', () => {
  expect(ids(pipelinesOfSpans(pipelines, { receiver: 'otlp' }))).not.toContain('traces/zipkin');
});

test('the path to an exporter is in the order of the span', () => {
  const passed = pipelinesOfSpans(pipelines);
  expect(ids(pathTo(passed, 'otlp/out'))).toEqual(['traces', 'traces/middle', 'traces/last']);
  expect(ids(pathTo(passed, 'debug'))).toEqual(['traces']);
  expect(ids(pathTo(passed, 'nowhere'))).toEqual([]);
});

test('spans leave by the relay exporter where another collector follows', () => {
  const two = new Pipelines({
    service: { pipelines: { traces: { receivers: ['otlp'], exporters: ['coralogix', 'loadbalancing'] } } },
  });
  expect(ids(pathOut(two, pipelinesOfSpans(two), true))).toEqual(['traces']);
  expect(ids(pathOut(pipelines, pipelinesOfSpans(pipelines), false))).toEqual([
    'traces',
    'traces/middle',
    'traces/last',
  ]);
});

test('the main span metrics connector is none that only makes other metrics, whatever stands first', () => {
  const main = (...exporters: string[]) =>
    mainSpanMetricsConnector(new Pipelines({ service: { pipelines: { traces: { receivers: [], exporters } } } }).all);
  expect(main('spanmetrics/compact', 'spanmetrics/db', 'spanmetrics/apm')).toBe('spanmetrics/apm');
  expect(main('spanmetrics/compact', 'spanmetrics/apm', 'spanmetrics')).toBe('spanmetrics');
  expect(main('spanmetrics/compact')).toBe('spanmetrics/compact');
});

test('the default route of a routing connector is followed alone where each span takes one', () => {
  const routed = new Pipelines({
    connectors: { routing: { default_pipelines: ['traces/b'] } },
    service: {
      pipelines: {
        traces: { receivers: ['otlp'], exporters: ['routing'] },
        'traces/a': { receivers: ['routing'], exporters: ['spanmetrics/a'] },
        'traces/b': { receivers: ['routing'], exporters: ['spanmetrics/b'] },
      },
    },
  });
  expect(ids(pipelinesOfSpans(routed))).toEqual(['traces', 'traces/a', 'traces/b']);
  expect(ids(pipelinesOfSpans(routed, { onlyDefaultRoute: true }))).toEqual(['traces', 'traces/b']);
});

test('a sampler is found in every pipeline that feeds a span metrics connector, under each of its names', () => {
  const sampled = (sampler: string, processors: readonly string[] = []) =>
    countingPipelines(
      new Pipelines({
        connectors: { forward: null, span_metrics: null },
        service: {
          pipelines: {
            traces: { receivers: ['otlp'], processors: [sampler], exporters: ['forward'] },
            'traces/counted': { receivers: ['forward'], processors, exporters: ['debug', 'span_metrics'] },
            'traces/aside': { receivers: ['otlp'], processors: ['tail_sampling/aside'], exporters: ['debug'] },
          },
        },
      }),
    ).map((counting) => [counting.pipeline.id, counting.index, samplerBefore(counting)]);
  expect(sampled('tail_sampling/x')).toEqual([['traces/counted', 1, 'tail_sampling/x']]);
  expect(sampled('batch', ['probabilistic_sampler'])).toEqual([['traces/counted', 1, 'probabilistic_sampler']]);
  expect(sampled('batch')).toEqual([['traces/counted', 1, undefined]]);
});
