import { expect, test } from 'vitest';
import { noSpanMetricsOnTwoTiers as rule } from '../../../lib/lint/rules/no-span-metrics-on-two-tiers.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { documents } from './support/manifests.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const values = (gateway: string, agent = '') =>
  chartValues(`opentelemetry-agent:
  presets:
    loadBalancing: { enabled: true, hostname: coralogix-opentelemetry-gateway }
    ${agent}
opentelemetry-gateway:
  enabled: true
  presets:
    ${gateway}
`);

test('reports span metrics of the gateway behind an agent that makes them', () => {
  expect(report(rule, values('spanMetrics: { enabled: true }'))).toEqual([
    {
      at: 'app.yaml:11:5',
      message: 'the gateway of app.yaml counts the spans that the agent of app.yaml has counted and sends to it',
      suggestion: 'write below its presets: spanMetrics: { enabled: false }',
    },
  ]);
});

const agent = (exporter: string, settings: string) =>
  mounted({
    config: countingSpans({
      exporters: `spanmetrics, ${exporter}`,
      settings: `exporters: { coralogix: {}, ${exporter}: ${settings} }`,
    }),
  });
const balancing = (host: string) => agent('loadbalancing', `{ resolver: { dns: { hostname: ${host} } } }`);
const gateway = (connector = 'spanmetrics, ', namespace = 'otel') =>
  mounted({
    name: 'gateway',
    kind: 'Deployment',
    namespace,
    config: countingSpans({
      exporters: `${connector}coralogix`,
      settings: 'exporters: { coralogix: {} }',
    }),
  });

test.each([
  ['load balancing', balancing('gateway')],
  ['load balancing to a full name', balancing('gateway.otel.svc.cluster.local')],
  ['the resolver k8s', agent('loadbalancing', '{ resolver: { k8s: { service: gateway.otel } } }')],
  ['plain OTLP', agent('otlp', '{ endpoint: "gateway:4317" }')],
  ['OTLP over HTTP', agent('otlphttp/gateway', '{ endpoint: "http://gateway.otel:4318" }')],
])('reports two rendered collectors that %s joins', (_, sender) => {
  const text = documents(sender, gateway());
  const line = text.split('\n').findLastIndex((content) => content.includes('exporters: [spanmetrics, coralogix]')) + 1;
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${line}:23`,
      message: 'Deployment gateway counts the spans that DaemonSet agent has counted and sends to it',
      suggestion: 'remove spanmetrics from the exporters of its traces',
    },
  ]);
});

test.each([
  ['a gateway that makes none', values('spanMetrics: { enabled: false }')],
  ['the gateway alone', values('spanMetrics: { enabled: true }', 'spanMetrics: { enabled: false }')],
  [
    'a gateway that gets nothing',
    chartValues('opentelemetry-gateway: { enabled: true, presets: { spanMetrics: { enabled: true } } }\n'),
  ],
  ['rendered collectors of which one counts', documents(balancing('gateway'), gateway(''))],
  ['rendered collectors that nothing joins', documents(balancing('elsewhere'), gateway())],
  ['a gateway of the same name in another namespace', documents(balancing('gateway'), gateway(undefined, 'other'))],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
