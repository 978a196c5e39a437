import { expect, test } from 'vitest';
import { doubleExports, exportersOf } from '../../lib/pipeline/exporters.ts';
import { Pipelines } from '../../lib/pipeline/pipelines.ts';

type Written = Readonly<Record<string, readonly [receivers: string[], exporters: string[]]>>;

const graph = (connectors: readonly string[], pipelines: Written) =>
  new Pipelines({
    connectors: Object.fromEntries(connectors.map((id) => [id, null])),
    service: {
      pipelines: Object.fromEntries(
        Object.entries(pipelines).map(([id, [receivers, exporters]]) => [id, { receivers, exporters }]),
      ),
    },
  });

test.each<[string, Written, unknown]>([
  ['joins traces and metrics', { traces: [['otlp'], ['spanmetrics']], metrics: [['spanmetrics'], ['debug']] }, []],
  ['is not received', { traces: [['otlp'], ['spanmetrics']] }, [{ id: 'spanmetrics', lacks: 'consumer' }]],
  [
    'is received as the wrong signal',
    { traces: [['otlp'], ['spanmetrics']], 'traces/b': [['spanmetrics'], ['debug']] },
    [{ id: 'spanmetrics', lacks: 'consumer' }],
  ],
  ['is fed by nothing', { metrics: [['spanmetrics'], ['debug']] }, [{ id: 'spanmetrics', lacks: 'source' }]],
])('an open connector that %s', (_, written, expected) => {
  expect(graph(['spanmetrics'], written).openConnectors()).toEqual(expected);
});

test('upstream pipelines are found through several connectors, once each, and through loops', () => {
  const pipelines = graph(['forward/a', 'forward/b'], {
    traces: [['otlp'], ['forward/a']],
    'traces/a': [['forward/a', 'forward/b'], ['forward/b']],
    'traces/b': [['forward/b'], ['debug']],
    'traces/other': [['debug'], ['otlp']],
  });
  const upstream = pipelines.all.map((pipeline) => [...pipelines.upstream(pipeline)].map(({ id }) => id));
  expect(upstream).toEqual([['traces'], ['traces/a', 'traces'], ['traces/b', 'traces/a', 'traces'], ['traces/other']]);
});

test('what is no mapping and no text is no pipeline and no component', () => {
  const { all } = new Pipelines({ service: { pipelines: { traces: { receivers: ['otlp', 7, null] }, logs: null } } });
  expect(all).toEqual([{ id: 'traces', signal: 'traces', receivers: ['otlp'], processors: [], exporters: [] }]);
});

test('connectors, and exporters that keep data inside, do not leave the collector', () => {
  const pipelines = graph(['mine'], { traces: [['otlp'], ['debug/x', 'mine', 'otlp', 'otlp', 'span_metrics']] });
  expect(exportersOf(pipelines, pipelines.all)).toEqual(['otlp']);
});

test('data that leave by two exporters are found behind forward connectors, for each signal alone', () => {
  const found = doubleExports(
    graph(['forward', 'spanmetrics'], {
      traces: [['otlp'], ['forward', 'spanmetrics', 'coralogix']],
      'traces/copy': [['forward'], ['otlp/copy', 'debug']],
      metrics: [['spanmetrics', 'otlp'], ['coralogix']],
    }),
  );
  expect(found).toMatchObject([
    {
      source: 'traces of otlp',
      first: { exporter: 'coralogix', pipeline: 'traces' },
      second: { exporter: 'otlp/copy', pipeline: 'traces/copy' },
    },
  ]);
});
