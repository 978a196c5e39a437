import { expect, test } from 'vitest';
import { requireCardinalityLimit as rule } from '../../../lib/lint/rules/require-cardinality-limit.ts';
import { agentValues, rendered, soundConnectors } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a connector without a limit',
    rendered({ connectors: soundConnectors.replace(/^.*cardinality.*\n/m, '') }),
    {
      at: 'app.yaml:16:9',
      message: 'spanmetrics of DaemonSet agent has no aggregation_cardinality_limit',
      suggestion: 'write: aggregation_cardinality_limit: 100000',
    },
  ],
  [
    'a limit of 0',
    rendered({ connectors: soundConnectors.replace('100000', '0') }),
    { message: 'spanmetrics of DaemonSet agent has no aggregation_cardinality_limit' },
  ],
  [
    'a limit of 0 in values',
    agentValues('presets: { spanMetrics: { aggregationCardinalityLimit: 0 } }'),
    {
      at: 'app.yaml:5:58',
      message:
        'spanmetrics, spanmetrics/compact and 2 others of the agent of app.yaml have no aggregation_cardinality_limit',
    },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['a limit', rendered()],
  ['the limit of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

const values = (spanMetrics: string) =>
  `# helm upgrade otel-integration --version 0.0.202\nopentelemetry-agent:\n  presets: { spanMetrics: ${spanMetrics} }\n`;
const ofChart = (text: string) =>
  report(rule, text).map(({ at, message, suggestion }) => ({ at, message, suggestion }));

test('reports a chart that is older than the default limit', () => {
  expect(ofChart(values('{ enabled: true }'))).toEqual([
    {
      at: 'app.yaml:3:14',
      message:
        'spanmetrics of the agent of app.yaml has no aggregation_cardinality_limit, which otel-integration 0.0.202 does not set by default',
      suggestion: 'write: opentelemetry-agent.config.connectors.spanmetrics.aggregation_cardinality_limit: 100000',
    },
  ]);
});

test.each([
  ['an older chart with a limit', values('{ enabled: true, aggregationCardinalityLimit: 5000 }')],
  ['an older chart without span metrics', values('{ enabled: false }')],
  ['the first chart with the default limit', values('{ enabled: true }').replace('0.0.202', '0.0.203')],
])('does not report %s', (_, text) => {
  expect(ofChart(text)).toEqual([]);
});
