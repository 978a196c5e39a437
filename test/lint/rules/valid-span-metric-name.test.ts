import { expect, test } from 'vitest';
import { validSpanMetricName as rule } from '../../../lib/lint/rules/valid-span-metric-name.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const agent = (text: string) => chartValues(`opentelemetry-agent:\n  ${text.trim().replaceAll('\n', '\n  ')}\n`);
const rendered = (connectors: string, exporter = 'coralogix: {}') =>
  mounted({ config: countingSpans({ connectors, settings: `exporters: { ${exporter} }` }) });

test('reports a rendered connector with a name space, or with the default one', () => {
  const message = (name: string) =>
    `spanmetrics of DaemonSet agent counts calls as ${name}.calls, which APM does not read`;
  expect(report(rule, rendered('spanmetrics: { namespace: span }'))).toEqual([
    { at: 'app.yaml:11:33', message: message('span'), suggestion: 'write: namespace: ""' },
  ]);
  expect(report(rule, rendered('spanmetrics: {}'))).toMatchObject([
    { at: 'app.yaml:11:20', message: message('traces.span.metrics') },
  ]);
});

test('reports durations in seconds', () => {
  expect(report(rule, rendered('spanmetrics: { namespace: "", histogram: { unit: s } }'))).toEqual([
    {
      at: 'app.yaml:11:56',
      message: 'spanmetrics of DaemonSet agent measures durations in s, and APM reads duration_ms_bucket',
      suggestion: 'write: unit: ms',
    },
  ]);
});

test('reports an exporter of OTLP to Coralogix', () => {
  const otlp = 'otlp: { endpoint: "ingress.eu2.coralogix.com:443" }';
  expect(report(rule, rendered('spanmetrics: {}', otlp))).toHaveLength(1);
});

test('reports the namespace and the unit of values, although the chart makes other span metrics beside', () => {
  expect(report(rule, agent('presets: { spanMetrics: { namespace: span } }'))).toMatchObject([
    { message: 'spanmetrics of the agent of app.yaml counts calls as span.calls, which APM does not read' },
  ]);
  expect(report(rule, agent('config: { connectors: { spanmetrics: { histogram: { unit: s } } } }'))).toMatchObject([
    { at: 'app.yaml:5:61', suggestion: 'write: unit: ms' },
  ]);
});

test.each(['[]', 'null'])('reports histogramBuckets: %s, with which the unit goes', (buckets) => {
  expect(report(rule, agent(`presets:\n  spanMetrics:\n    histogramBuckets: ${buckets}`))).toEqual([
    {
      at: 'app.yaml:7:7',
      message: 'with no histogramBuckets the chart leaves out unit: ms as well',
      suggestion: 'remove histogramBuckets, and the chart has its own',
    },
  ]);
});

test('does not report a connector whose names are others when one has the right ones', () => {
  const config = countingSpans({
    connectors: 'spanmetrics/db: { namespace: db }\nspanmetrics: { namespace: "" }',
    exporters: 'spanmetrics/db, spanmetrics, coralogix',
  });
  expect(report(rule, mounted({ config }))).toEqual([]);
});

test.each([
  ['the chart’s own', agent('mode: daemonset')],
  ['other buckets', agent('presets: { spanMetrics: { histogramBuckets: [1ms, 1s] } }')],
  ['a preset that is off', agent('presets: { spanMetrics: { enabled: false, histogramBuckets: [] } }')],
  ['no namespace', rendered('spanmetrics: { namespace: "" }')],
  [
    'one of several with the right names',
    rendered('spanmetrics: { namespace: "" }\nspanmetrics/db: { namespace: db }'),
  ],
  ['another back end', rendered('spanmetrics: {}', 'prometheusremotewrite: {}')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
