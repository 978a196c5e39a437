import { expect, test } from 'vitest';
import { toYaml } from '../../../../lib/yaml/to-yaml.ts';
import { explained, hopMessages } from '../../../explain/support/explained.ts';

const application = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'api', namespace: 'demo' },
  spec: {
    containers: [
      {
        name: 'app',
        env: [
          { name: 'OTEL_SERVICE_NAME', value: 'api' },
          { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' },
          { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://coralogix-opentelemetry.coralogix:4317' },
        ],
      },
    ],
  },
};

const explanationOf = (agent: object, gateway?: object) =>
  explained(
    `${toYaml(application)}---\n${toYaml({
      global: { domain: 'eu2.coralogix.com', clusterName: 'c1' },
      'opentelemetry-agent': { service: { enabled: true }, ...agent },
      ...(gateway === undefined ? {} : { 'opentelemetry-gateway': { enabled: true, ...gateway } }),
    })}`,
  );

const withoutConfigMap = { configMap: { create: false } };
const elsewhere = { ...withoutConfigMap, command: { extraArgs: ['--config=/x'] } };

test.each([
  [withoutConfigMap, 'the agent of app.yaml', '✗', 'does not start'],
  [elsewhere, 'the agent of app.yaml', '?', 'cannot tell what'],
])('ends at the receiver of an agent with %j', (agent, title, mark, says) => {
  const explanation = explanationOf(agent);
  const [line = ''] = hopMessages(explanation, 'receiver');
  expect(line.startsWith(mark)).toBe(true);
  expect(line).toContain(says);
  expect(line).toContain(title);
  for (const hop of ['processors', 'spanmetrics', 'export', 'Coralogix']) {
    expect(hopMessages(explanation, hop)[0]).toBe('? cannot tell');
  }
});

const balancing = {
  presets: {
    loadBalancing: { enabled: true, hostname: 'coralogix-opentelemetry-gateway' },
    coralogixExporter: { pipelines: ['metrics', 'logs'] },
  },
};

test.each([
  [withoutConfigMap, '✗ the gateway of app.yaml does not start'],
  [elsewhere, '? cannot tell what the gateway of app.yaml does with the span'],
])('ends at a gateway with %j, and counts before', (gateway, line) => {
  const explanation = explanationOf(balancing, gateway);
  expect(hopMessages(explanation, 'spanmetrics')[0]).toMatch(/^✓/);
  expect(hopMessages(explanation, 'gateway')[0]).toBe(line);
  expect(hopMessages(explanation, 'export')[0]).toBe('? cannot tell');
});
