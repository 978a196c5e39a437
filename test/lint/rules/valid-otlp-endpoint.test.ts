import { expect, test } from 'vitest';
import { validOtlpEndpoint as rule } from '../../../lib/lint/rules/valid-otlp-endpoint.ts';
import { agent } from './support/collectors.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const forTraces = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
const http = literal('OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf');

test.each([
  [endpoint, 'agent.coralogix:4317', '', 'it has no scheme', 'http://agent.coralogix:4317'],
  [endpoint, 'grpc://agent.coralogix:4317', '', 'SDKs know no scheme grpc', 'http://agent.coralogix:4317'],
  [
    endpoint,
    'https://agent.coralogix:4317',
    '',
    'DaemonSet agent has no certificate at that port',
    'http://agent.coralogix:4317',
  ],
  [endpoint, 'http://agent.coralogix', '', 'it names no port', 'http://agent.coralogix:4317'],
  [endpoint, 'http://agent.coralogix/', http, 'it names no port', 'http://agent.coralogix:4318/'],
  [
    forTraces,
    'http://agent.coralogix:4318',
    http,
    'over HTTP nothing is appended to it, and the collector takes traces at /v1/traces',
    'http://agent.coralogix:4318/v1/traces',
  ],
  [
    endpoint,
    'http://agent.coralogix:4318/v1/traces',
    http,
    'SDKs append /v1/traces to it',
    'http://agent.coralogix:4318',
  ],
])('reports %s %s', (name, url, more, reason, write) => {
  const text = documents(deployment({ env: literal(name, url) + more }), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, url)}`,
      message: `${name} of Deployment api is "${url}": ${reason}`,
      suggestion: `write: ${write}`,
    },
  ]);
});

test('reports a value of a ConfigMap as it stands there', () => {
  const text = documents(
    configMap({ [endpoint]: 'agent.coralogix:4317' }),
    deployment({ env: fromConfigMap(endpoint) }),
    agent(),
  );
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:7:32',
      message: `${endpoint} of Deployment api is "agent.coralogix:4317": it has no scheme`,
      suggestion: 'write: http://agent.coralogix:4317',
    },
  ]);
});

test('reports what a reference becomes, and writes the reference', () => {
  const env = literal('COLLECTOR', 'agent.coralogix') + literal(endpoint, '$(COLLECTOR):4317');
  expect(report(rule, documents(deployment({ env }), agent()))).toMatchObject([
    { suggestion: 'write: http://$(COLLECTOR):4317' },
  ]);
});

test.each([
  ['scheme, host and port', literal(endpoint, 'http://agent.coralogix:4317'), agent()],
  ['a path of the variable for traces', literal(forTraces, 'http://agent.coralogix:4318/v1/traces') + http, agent()],
  ['gRPC to the variable for traces', literal(forTraces, 'http://agent.coralogix:4317'), agent()],
  [
    'https to a receiver with a certificate',
    literal(endpoint, 'https://agent.coralogix:4317'),
    agent({ tls: '{cert_file: /tls.crt}' }),
  ],
  ['https to a collector outside', literal(endpoint, 'https://otel.example.com'), agent()],
  ['localhost, which another rule reports', literal(endpoint, 'localhost:4317'), agent()],
  ['Coralogix, which another rule reports', literal(endpoint, 'ingress.eu2.coralogix.com:443'), agent()],
  [
    'a collector without span metrics, which another rule reports',
    literal(endpoint, 'agent.coralogix:4317'),
    agent({ spanMetrics: false }),
  ],
])('does not report %s', (_, env, collector) => {
  expect(report(rule, documents(deployment({ env }), collector))).toEqual([]);
});
