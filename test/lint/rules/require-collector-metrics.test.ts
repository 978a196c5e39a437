import { expect, test } from 'vitest';
import { requireCollectorMetrics as rule } from '../../../lib/lint/rules/require-collector-metrics.ts';
import { agentValues, pipelinesWith, rendered } from './support/configured.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'a level of none',
    rendered({ service: 'extensions: [health_check]\ntelemetry: { metrics: { level: none } }' }),
    { message: 'the metrics of DaemonSet agent about itself are off', suggestion: 'write: level: normal' },
  ],
  [
    'an address of the pod alone',
    rendered({ service: 'extensions: [health_check]\ntelemetry: { metrics: { address: "127.0.0.1:8888" } }' }),
    { message: 'DaemonSet agent offers its own metrics on 127.0.0.1, where no other pod reads them' },
  ],
  [
    'a reader on localhost',
    rendered({
      service:
        'extensions: [health_check]\ntelemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host: localhost, port: 8888 } } } }] } }',
    }),
    { suggestion: 'write: host: ${env:MY_POD_IP}' },
  ],
  [
    'a level of none in values',
    agentValues('config: { service: { telemetry: { metrics: { level: none } } } }'),
    { at: 'app.yaml:5:55', message: 'the metrics of the agent of app.yaml about itself are off' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  ['the defaults', rendered()],
  [
    'the address of the pod',
    rendered({
      service:
        'extensions: [health_check]\ntelemetry: { metrics: { readers: [{ pull: { exporter: { prometheus: { host: "${env:MY_POD_IP}", port: 8888 } } } }] } }',
    }),
  ],
  [
    'a scrape by the collector itself',
    rendered({
      receivers: `otlp: { protocols: { grpc: {} } }\nprometheus: { config: { scrape_configs: [{ job_name: own, static_configs: [{ targets: ["localhost:8888"] }] }] } }`,
      pipelines: pipelinesWith('memory_limiter').replace('[spanmetrics]', '[spanmetrics, prometheus]'),
      service: 'telemetry: { metrics: { address: "127.0.0.1:8888" } }',
    }),
  ],
  ['the metrics of the chart', agentValues('mode: daemonset')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
