import { expect, test } from 'vitest';
import { requireSpanMetricsConsumer as rule } from '../../../lib/lint/rules/require-span-metrics-consumer.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const agent = (presets: string, more = '') =>
  chartValues(`opentelemetry-agent:\n  presets:\n    ${presets.replaceAll('\n', '\n    ')}\n${more}`);
const message =
  'no pipeline of metrics receives spanmetrics and spanmetrics/db of the agent of app.yaml: the collector does not start';
const balancing = '\nloadBalancing: { enabled: true, hostname: coralogix-opentelemetry-gateway }';

test.each([
  ['[none]', balancing, '[metrics, logs]'],
  ['[traces, logs]', '', '[all]'],
])('reports an exporter for %s', (pipelines, more, wanted) => {
  expect(report(rule, agent(`coralogixExporter: { pipelines: ${pipelines} }${more}`))).toEqual(
    pipelines === '[none]' || more === ''
      ? [{ at: 'app.yaml:6:37', message: expect.any(String), suggestion: `write: pipelines: ${wanted}` }]
      : [],
  );
});

test('names what nothing receives', () => {
  expect(report(rule, agent(`coralogixExporter: { pipelines: [none] }${balancing}`))[0]?.message).toBe(message);
});

test('reports an exporter that is off while something else takes the traces', () => {
  expect(report(rule, agent(`coralogixExporter: { enabled: false }${balancing}`))).toEqual([
    { at: 'app.yaml:6:35', message, suggestion: 'write: enabled: true' },
  ]);
});

test('reports a rendered pipeline that does not receive the connector', () => {
  expect(report(rule, mounted({ config: countingSpans({ metrics: 'otlp' }) }))).toEqual([
    {
      at: 'app.yaml:11:20',
      message: 'no pipeline of metrics receives spanmetrics of DaemonSet agent: the collector does not start',
      suggestion: 'add spanmetrics to the receivers of pipeline metrics',
    },
  ]);
});

test('reports a rendered configuration without a pipeline of metrics', () => {
  const config = countingSpans().replace(/ {4}metrics:\n.*\n.*\n/, '');
  expect(report(rule, mounted({ config }))).toMatchObject([
    { suggestion: 'add a pipeline metrics with receivers: [spanmetrics]' },
  ]);
});

test.each([
  ['the chart’s own', agent('spanMetrics: { enabled: true }')],
  ['an exporter for metrics and logs', agent(`coralogixExporter: { pipelines: [metrics, logs] }${balancing}`)],
  [
    'another exporter for metrics',
    agent(
      `coralogixExporter: { pipelines: [none] }\notlpExporter: { enabled: true, endpoint: "x:4317", pipelines: [metrics] }${balancing}`,
    ),
  ],
  [
    'an exporter named in the pipeline',
    agent(
      'coralogixExporter: { pipelines: [none] }',
      '  config: { service: { pipelines: { traces: { exporters: [coralogix] }, metrics: { exporters: [coralogix] } } } }\n',
    ),
  ],
  ['no span metrics', agent('coralogixExporter: { pipelines: [traces] }\nspanMetrics: { enabled: false }')],
  ['a rendered configuration', mounted({ config: countingSpans() })],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
