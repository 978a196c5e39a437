import { expect, test } from 'vitest';
import { requireReachableHostPort as rule } from '../../../../lib/lint/rules/require-reachable-host-port.ts';
import { agent, chartValues } from './collectors.ts';
import { lintText } from './lint-text.ts';
import { deployment, documents, literal } from './manifests.ts';

const lost = deployment({ env: literal('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://localhost:4317') });
const chart =
  "write: http://coralogix-opentelemetry.coralogix:4317, and in the chart's values opentelemetry-agent.service.enabled: true";

test.each([
  ['the Service of the agent', agent(), 'write: http://agent.coralogix:4317'],
  ['the values of the chart', chartValues('opentelemetry-agent: {}\n'), chart],
  [
    'the port of the node of an agent without a Service',
    agent({ policy: null, hostPorts: true }),
    'write: http://$(HOST_IP):4317, with HOST_IP declared before from status.hostIP',
  ],
  [
    'the agent to which no Service leads',
    agent({ policy: null }),
    'send to a Service of DaemonSet agent with internalTrafficPolicy: Local',
  ],
  ['the Service of a collector that is no agent', agent({ kind: 'Deployment' }), 'write: http://agent.coralogix:4317'],
  [
    'no chart where a collector was read that counts nothing',
    agent({ kind: 'Deployment', spanMetrics: false }),
    'send to a collector that makes span metrics',
  ],
  [
    'the plain chart',
    'mode: daemonset\nglobal: { domain: eu2.coralogix.com }\npresets: { spanMetrics: { enabled: true } }\n',
    'write: http://$(HOST_IP):4317, with HOST_IP declared before from status.hostIP',
  ],
  ['the chart where no collector was read', '', chart],
])('a suggestion of an endpoint names %s', (_, collector, expected) => {
  expect(
    lintText(rule, documents(lost, ...(collector === '' ? [] : [collector]))).map(({ suggestion }) => suggestion),
  ).toEqual([expected]);
});
