import { expect, test } from 'vitest';
import { requireSpanMetricsCollector as rule } from '../../../lib/lint/rules/require-span-metrics-collector.ts';
import { agent, chartValues } from './support/collectors.ts';
import { objectsOf, placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const to = (url: string, name = 'api') => deployment({ name, env: literal(endpoint, url) });
const central = (more = {}) => agent({ name: 'central', kind: 'Deployment', spanMetrics: false, ...more });
const enabledAgent = chartValues('opentelemetry-agent:\n  service:\n    enabled: true\n');

test('reports the cluster collector of the chart once, at the ConfigMap, with all who read it', () => {
  const users = ['a', 'b', 'c', 'd', 'e'].map((name) => deployment({ name, env: fromConfigMap(endpoint) }));
  const url = 'http://coralogix-opentelemetry-collector.coralogix:4317';
  const files = { 'app.yaml': documents(configMap({ [endpoint]: url }), ...users), 'values.yaml': enabledAgent };
  expect(report(rule, files)).toEqual([
    {
      at: 'app.yaml:7:32',
      message: `${endpoint} of Deployment a, Deployment b and 3 others leads to the cluster collector of values.yaml, which makes no span metrics`,
      suggestion: 'write: http://coralogix-opentelemetry.coralogix:4317',
    },
  ]);
});

test('reports the name of the cluster collector where it leads nowhere', () => {
  const files = {
    'app.yaml': to('http://coralogix-opentelemetry-collector:4317'),
    'values.yaml': chartValues(),
  };
  expect(report(rule, files)).toEqual([
    {
      at: `app.yaml:${placeOf(files['app.yaml'], 'http://')}`,
      message: `${endpoint} of Deployment api names no Service of namespace shop, and that of namespace coralogix leads to the cluster collector of values.yaml, which makes no span metrics`,
      suggestion:
        "write: http://coralogix-opentelemetry.coralogix:4317, and in the chart's values opentelemetry-agent.service.enabled: true",
    },
  ]);
});

test('reports a collector of manifests that makes none', () => {
  const text = documents(to('http://central.coralogix:4317'), central(), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'http://central')}`,
      message: `${endpoint} of Deployment api leads to Deployment central, which makes no span metrics`,
      suggestion: 'write: http://agent.coralogix:4317',
    },
  ]);
});

test('reports a collector that sends on, where no other makes any', () => {
  const others = [central({ exporters: 'otlp/agent' }), agent({ spanMetrics: false })];
  expect(report(rule, documents(to('http://central.coralogix:4317'), ...others))).toMatchObject([
    { message: expect.stringContaining('leads to Deployment central, which makes no span metrics') },
  ]);
});

test('reports an agent that makes none at the agent, once', () => {
  const text = documents(
    to('http://agent.coralogix:4317'),
    to('http://agent.coralogix:4317', 'b'),
    agent({ spanMetrics: false }),
  );
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, '{}\n    exporters')}`,
      message: 'DaemonSet agent makes no span metrics of what Deployment api and Deployment b send',
      suggestion: 'add the connector spanmetrics to the exporters of the traces pipeline',
    },
  ]);
  expect(objectsOf(rule, text)).toEqual(['DaemonSet agent']);
  const values = enabledAgent.concat('  presets:\n    spanMetrics:\n      enabled: false\n');
  const files = { 'app.yaml': to('http://coralogix-opentelemetry.coralogix:4317'), 'values.yaml': values };
  expect(report(rule, files)).toMatchObject([
    {
      at: expect.stringMatching(/^values\.yaml:/),
      message: 'the agent of values.yaml makes no span metrics of what Deployment api sends',
      suggestion: 'write below opentelemetry-agent: presets: { spanMetrics: { enabled: true } }',
    },
  ]);
});

test.each([
  ['an address', 'http://10.0.0.7:4317', '10.0.0.7 is an address, and which pod has it only the cluster knows'],
  ['a name outside', 'https://otel.example.com:4317', 'otel.example.com is outside the cluster'],
  ['a namespace that was not read', 'http://agent.monitoring:4317', 'namespace monitoring was not read'],
])('cannot tell what answers at %s', (_, url, reason) => {
  const text = documents(to(url), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, url)}`,
      message: `whether ${endpoint} of Deployment api leads to a collector with span metrics is not known: ${reason}`,
      cannotTell: true,
    },
  ]);
});

test.each([
  [
    'the agent of the chart',
    { 'app.yaml': to('http://coralogix-opentelemetry.coralogix:4317'), 'values.yaml': enabledAgent },
  ],
  ['a collector with span metrics', { 'app.yaml': documents(to('http://agent.coralogix:4317'), agent()) }],
  [
    'a collector that sends on to one with span metrics',
    { 'app.yaml': documents(to('http://central.coralogix:4317'), central({ exporters: 'otlp/agent' }), agent()) },
  ],
  ['what the kubelet did not expand, which another rule reports', { 'app.yaml': to('http://$(HOST):4317') }],
  ['Coralogix itself, which another rule reports', { 'app.yaml': to('https://ingress.eu2.coralogix.com:443') }],
  ['a value that was not read', { 'app.yaml': deployment({ env: fromConfigMap(endpoint) }) }],
])('does not report %s', (_, files) => {
  expect(report(rule, files)).toEqual([]);
});
