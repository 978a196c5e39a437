import { expect, test } from 'vitest';
import { validOtlpProtocol as rule } from '../../../lib/lint/rules/valid-otlp-protocol.ts';
import { agent } from './support/collectors.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const protocol = 'OTEL_EXPORTER_OTLP_PROTOCOL';
const sends = (port: number, kind: string) =>
  deployment({ env: literal(endpoint, `http://agent.coralogix:${port}`) + literal(protocol, kind) });

test.each([
  [4317, 'http/protobuf', 'gRPC', 'grpc, or send to port 4318'],
  [4318, 'grpc', 'HTTP', 'http/protobuf, or send to port 4317'],
])('reports what port %i does not take', (port, kind, takes, write) => {
  const text = documents(sends(port, kind), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, kind)}`,
      message: `${protocol} of Deployment api is ${kind}, and port ${port} of ${endpoint} takes ${takes}`,
      suggestion: `write: ${write}`,
    },
  ]);
});

test('reports it of a collector that was not read, by the number of the port', () => {
  expect(report(rule, sends(4317, 'http/json'))).toHaveLength(1);
});

test('goes by the receiver behind the port of the Service', () => {
  const swapped = agent().replace('port: 4317, targetPort: 4317', 'port: 4317, targetPort: 4318');
  expect(report(rule, documents(sends(4317, 'http/protobuf'), swapped))).toEqual([]);
  expect(report(rule, documents(sends(4317, 'grpc'), swapped))).toHaveLength(1);
});

test('reports the variable for traces, which wins', () => {
  const env = literal(endpoint, 'http://agent.coralogix:4317') + literal(protocol, 'grpc');
  const text = deployment({ env: env + literal('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'http/protobuf') });
  expect(report(rule, text)).toMatchObject([
    { message: expect.stringContaining('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') },
  ]);
});

test.each([
  [4317, 'http', 'grpc'],
  [4318, 'HTTP', 'http/protobuf'],
  [9000, 'otlp', 'grpc, http/protobuf or http/json'],
])('reports a protocol that no SDK knows, at port %i', (port, kind, write) => {
  const text = sends(port, kind);
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `${kind}\n`)}`,
      message: `${protocol} of Deployment api is "${kind}", which no SDK knows`,
      suggestion: `write: ${write}`,
    },
  ]);
});

test('cannot tell which protocol an SDK takes for itself, once for a shared endpoint', () => {
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap(endpoint) }));
  const text = documents(configMap({ [endpoint]: 'http://agent.coralogix:4317' }), ...users, agent());
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:7:32',
      message: `port 4317 takes gRPC, and the protocol of Deployment a and Deployment b is not known: ${protocol} is not set`,
      suggestion: `add: ${protocol}=grpc`,
      cannotTell: true,
    },
  ]);
});

test.each([
  ['grpc to 4317', sends(4317, 'grpc')],
  ['http/protobuf to 4318', sends(4318, 'http/protobuf')],
  ['a port of another number', sends(9000, 'grpc')],
  [
    'no protocol at 4318, where it is the default',
    deployment({ env: literal(endpoint, 'http://agent.coralogix:4318') }),
  ],
  ['a protocol that was not read', deployment({ env: literal(endpoint, 'http://a:4318') + fromConfigMap(protocol) })],
  [
    'an endpoint that must be replaced anyway',
    deployment({ env: literal(endpoint, 'http://localhost:4317') + literal(protocol, 'http/protobuf') }),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, documents(text, agent()))).toEqual([]);
});

test.each([
  ['JAVA_TOOL_OPTIONS', '-javaagent:/otel/opentelemetry-javaagent-2.10.0.jar', 'Java agent 2.x', 4317],
  ['NODE_OPTIONS', '--require @opentelemetry/auto-instrumentations-node/register', 'Node.js SDK', 4317],
  ['JAVA_TOOL_OPTIONS', '-javaagent:/opentelemetry-javaagent-1.33.0.jar', 'Java agent 1.x', 4318],
])('reports that the default of what %s loads is not what the port takes', (variable, value, name, port) => {
  const env = literal(endpoint, `http://agent.coralogix:${port}`) + literal(variable, value);
  const text = documents(deployment({ env }), agent());
  const [sends, takes] = port === 4317 ? ['http/protobuf', 'gRPC'] : ['grpc', 'HTTP'];
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `http://agent.coralogix:${port}`)}`,
      message: `the ${name} of Deployment api sends ${sends} by default, and port ${port} of ${endpoint} takes ${takes}`,
      suggestion: `add: ${protocol}=${port === 4317 ? 'grpc' : 'http/protobuf'}`,
    },
  ]);
});

test.each([
  ['JAVA_TOOL_OPTIONS', '-javaagent:/otel/opentelemetry-javaagent-1.33.0.jar'],
  ['JAVA_TOOL_OPTIONS', '-javaagent:/otel/opentelemetry-javaagent.jar'],
])('does not report gRPC by default at 4317, and cannot tell without a version: %s=%s', (variable, value) => {
  const env = literal(endpoint, 'http://agent.coralogix:4317') + literal(variable, value);
  const found = report(rule, documents(deployment({ env }), agent()));
  expect(found.map(({ cannotTell }) => cannotTell)).toEqual(value.includes('1.33') ? [] : [true]);
});
