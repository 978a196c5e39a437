import { expect, test } from 'vitest';
import type { Rule } from '../../../../lib/lint/rule.ts';
import { noDirectExport } from '../../../../lib/lint/rules/no-direct-export.ts';
import { requireServiceName } from '../../../../lib/lint/rules/require-service-name.ts';
import { validOtlpEndpoint } from '../../../../lib/lint/rules/valid-otlp-endpoint.ts';
import { validOtlpProtocol } from '../../../../lib/lint/rules/valid-otlp-protocol.ts';
import { agent } from './collectors.ts';
import { fixed, lintText } from './lint-text.ts';
import { configMap, deployment, documents, fromConfigMap, literal } from './manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const protocol = 'OTEL_EXPORTER_OTLP_PROTOCOL';
const address = (port: number) => literal(endpoint, `http://agent.coralogix:${port}`);
const ruby = literal('RAILS_ENV', 'production');

const faults: readonly (readonly [title: string, Rule, before: string, after: string])[] = [
  ['an endpoint without a scheme', validOtlpEndpoint, literal(endpoint, 'agent.coralogix:4317 # by DNS'), ''],
  ['an endpoint with a scheme of TLS', validOtlpEndpoint, literal(endpoint, '"https://agent.coralogix:4317"'), ''],
  [
    'the port of another protocol',
    validOtlpProtocol,
    address(4317) + literal(protocol, 'http/protobuf'),
    address(4318) + literal(protocol, 'http/protobuf'),
  ],
  [
    'a protocol that no SDK knows',
    validOtlpProtocol,
    literal(protocol, 'grpcs') + address(4317),
    literal(protocol, 'grpc') + address(4317),
  ],
  [
    'a service without a name',
    requireServiceName,
    address(4317) + literal(protocol, 'grpc'),
    address(4317) + literal(protocol, 'grpc') + literal('OTEL_SERVICE_NAME', 'api'),
  ],
  [
    'an export past the agent',
    noDirectExport,
    literal('A', '1') + literal(endpoint, 'https://ingress.eu2.coralogix.com:443') + literal('B', '2'),
    literal('A', '1') + address(4317) + literal('B', '2') + literal(protocol, 'grpc'),
  ],
  [
    'an export past the agent of a language without gRPC',
    noDirectExport,
    ruby + literal(endpoint, 'https://ingress.eu2.coralogix.com:443'),
    ruby + address(4318) + literal(protocol, 'http/protobuf'),
  ],
];

test.each(faults)('--fix mends %s', (_, rule, before, after) => {
  const mended = after || before.replace(/(https:\/\/)?agent/, 'http://agent');
  expect(fixed(rule, documents(deployment({ env: before }), agent()))).toBe(
    documents(deployment({ env: mended }), agent()),
  );
});

test('the default of an agent that its port does not take is declared otherwise', () => {
  const container = 'args: ["-javaagent:/opt/opentelemetry-javaagent-2.1.0.jar"]';
  const text = (env: string) => documents(deployment({ container, env }), agent());
  expect(fixed(validOtlpProtocol, text(address(4317)))).toBe(text(address(4317) + literal(protocol, 'grpc')));
});

test('a port at which the collector does not listen is not written: the protocol changes', () => {
  const grpcOnly = agent().replaceAll('4318', '4319');
  const text = documents(deployment({ env: address(4317) + literal(protocol, 'http/protobuf') }), grpcOnly);
  const [finding] = lintText(validOtlpProtocol, text);
  expect(finding?.fix?.apply(text)).toContain('value: grpc');
});

test('a value of a ConfigMap is reported, and no container is given another', () => {
  const text = documents(
    configMap({ [endpoint]: 'agent.coralogix:4317' }),
    deployment({ env: fromConfigMap(endpoint) }),
  );
  expect(lintText(validOtlpEndpoint, text).map(({ fix }) => fix)).toEqual([undefined]);
});

test('of two objects of one name in a file, those with the fault are mended, in documents and in Lists', () => {
  const one = deployment({ env: literal(endpoint, 'agent.coralogix:4317') });
  const list = `apiVersion: v1\nkind: List\nitems:\n- ${one.trim().replaceAll('\n', '\n  ')}\n`;
  expect(fixed(validOtlpEndpoint, documents(one, list, agent()))).toBe(
    documents(one, list, agent()).replaceAll('value: agent', 'value: http://agent'),
  );
});
