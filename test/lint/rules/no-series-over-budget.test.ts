import { expect, test } from 'vitest';
import { forecastSchema } from '../../../lib/config/schema/forecast.ts';
import { noSeriesOverBudget as rule } from '../../../lib/lint/rules/no-series-over-budget.ts';
import { chartValues } from './support/collectors.ts';
import { objectsOf, report } from './support/lint-text.ts';
import { deployment, documents, literal } from './support/manifests.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const agent = (list: string) =>
  chartValues(`opentelemetry-agent:\n  presets:\n    spanMetrics:\n      extraDimensions: ${list}\n`);

/** A service that sends to the collector of `mounted`, with a number of pods. */
const service = (replicas: number) =>
  deployment({
    env: literal('OTEL_SERVICE_NAME', 'api') + literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://agent.otel:4317'),
  }).replace('spec:\n', `spec:\n  replicas: ${replicas}\n`);

const system = (replicas: number, connectors?: string) =>
  documents(mounted({ config: countingSpans(connectors === undefined ? {} : { connectors }) }), service(replicas));

test('reports a dimension that has a value with every request', () => {
  expect(report(rule, agent('[{ name: http.method }, { name: url.full }]'))).toEqual([
    {
      at: 'app.yaml:7:48',
      message: 'most requests have a value of url.full of their own, and begin as many series of spanmetrics',
      suggestion: 'remove url.full from the dimensions; it stays on the spans',
    },
  ]);
});

const budgetOf = (budget: number) => ({ forecast: { ...forecastSchema.parse({}), budget } });

test('reports more series than the budget of the configuration, at the connector, and may be suppressed at its workload', () => {
  // 16 bounds of its own: 20 series of each label set, and 10 operations with two statuses.
  const text = system(1_000);
  expect(report(rule, text, budgetOf(399_999))).toEqual([
    {
      at: 'app.yaml:18:23',
      message: 'DaemonSet agent makes about 400,000 series of 1,000 pods: more than forecast.budget, 399,999',
      suggestion: 'see what each dimension costs, and which to drop first; run: npm run podhost -- forecast',
    },
  ]);
  expect(objectsOf(rule, text, budgetOf(399_999))).toEqual(['DaemonSet agent']);
});

test.each([
  ['what is within the budget', system(1_000), 400_000],
  ['any number of series without a budget', system(1_000)],
  ['many pods whose durations are not counted', system(1_000, 'spanmetrics: { histogram: { disable: true } }'), 50_000],
  ['dimensions of few values', agent('[{ name: http.method }, { name: k8s.pod.name }]')],
  ['values without a service', chartValues()],
  ['a service without a collector', service(1_000), 1],
])('does not report %s', (_, text, budget?: number) => {
  expect(report(rule, text, budget === undefined ? {} : budgetOf(budget))).toEqual([]);
});
