import { describe, expect, test } from 'vitest';
import {
  explained,
  explainedSmall,
  headlineOf,
  hopMessages,
  hopOf,
  marksOf,
  messagesOf,
} from '../../../explain/support/explained.ts';
import { configMap, documents } from '../../../lint/rules/support/manifests.ts';
import { smallSystem } from '../../support/small-system.ts';

const broken = /^✗✓*\?/;

test('says what the SDK is told, who tells it, and where', () => {
  const explanation = explainedSmall({});
  expect(hopMessages(explanation, 'SDK')).toEqual([
    '✓ sends to http://agent.otel:4317 by grpc',
    'container app sets OTEL_EXPORTER_OTLP_ENDPOINT',
    'container app sets OTEL_EXPORTER_OTLP_PROTOCOL: grpc',
    'container app sets OTEL_SERVICE_NAME: api',
    'it keeps every span, as SDKs do by default',
    'container app sets OTEL_RESOURCE_ATTRIBUTES: k8s.pod.ip',
  ]);
  expect(hopOf(explanation, 'SDK').place).toEqual({ file: 'app.yaml', line: 31, column: 22 });
});

test('finds the line of a ConfigMap', () => {
  const from = { configMapKeyRef: { name: 'shop-config', key: 'COLLECTOR' } };
  const text = documents(
    configMap({ COLLECTOR: 'http://agent.otel:4317' }),
    smallSystem({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: from } }),
  );
  expect(hopOf(explained(text), 'SDK')).toMatchObject({
    status: 'ok',
    place: { file: 'app.yaml', line: 7, column: 14 },
    reasons: expect.arrayContaining([
      expect.objectContaining({ message: 'ConfigMap shop-config, key COLLECTOR, sets OTEL_EXPORTER_OTLP_ENDPOINT' }),
    ]),
  });
});

describe('breaks', () => {
  test.each([
    [{ OTEL_SDK_DISABLED: 'true' }, 'sends no spans: it is switched off'],
    [{ OTEL_TRACES_EXPORTER: 'none' }, 'sends no spans: it is switched off'],
    [{ OTEL_TRACES_EXPORTER: 'console' }, 'sends no spans: it is switched off'],
    [{ OTEL_TRACES_SAMPLER: 'always_off' }, 'keeps no span'],
    [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, 'keeps no span'],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }, 'keeps no span'],
    [
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' },
      'keeps 10 % of the spans, and only those are counted',
    ],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'agent.otel:4317' }, 'sends to agent.otel:4317 by grpc'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://$(HOST):4317' }, 'sends to http://$(HOST):4317, which is no address'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://${NODE_IP}:4317' }, 'sends to http://${NODE_IP}:4317, which is no address'],
    [{ OTEL_SERVICE_NAME: '$(NAME)' }, 'has the service name $(NAME)'],
  ])('with %j', (env, message) => {
    const explanation = explainedSmall({ env }, 'shop/deployment/api');
    expect(hopOf(explanation, 'SDK')).toMatchObject({ status: 'broken', message, place: { file: 'app.yaml' } });
    expect(headlineOf(explanation)).toBe(`breaks at SDK: ${message}`);
    expect(marksOf(explanation)).toMatch(broken);
    expect(marksOf(explanation)).not.toContain('✓');
  });

  test('with a reference in a ConfigMap, which nothing expands', () => {
    const from = { configMapKeyRef: { name: 'shop-config', key: 'E' } };
    const system = smallSystem({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: from } });
    expect(
      hopMessages(explained(documents(configMap({ E: 'http://$(NODE_IP):4317' }), system)), 'SDK').slice(0, 2),
    ).toEqual([
      '✗ sends to http://$(NODE_IP):4317, which is no address',
      'the kubelet expands $(NAME) only in env, not in the data of another object',
    ]);
    expect(hopMessages(explained(documents(configMap({ F: 'x' }), system)), 'SDK')[0]).toBe(
      '✗ has no endpoint: ConfigMap shop-config has no key E',
    );
  });
});

describe('cannot tell', () => {
  const secret = { secretKeyRef: { name: 'otel', key: 'E' } };
  test.each([
    [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, 'keeps what its sampler jaeger_remote decides'],
    [{ OTEL_SERVICE_NAME: undefined }, 'has no service name'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: undefined }, 'has no endpoint: without one in the program, spans go to localhost'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: { configMapKeyRef: { name: 'c', key: 'E' } } },
      'reads OTEL_EXPORTER_OTLP_ENDPOINT from ConfigMap c, key E, which was not read',
    ],
  ])('with %j', (env, message) => {
    expect(hopOf(explainedSmall({ env }), 'SDK')).toMatchObject({ status: 'unknown', message });
  });

  test('where an endpoint of a Secret leads', () => {
    const explanation = explainedSmall({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: secret } });
    expect(marksOf(explanation)).toBe('✓???????');
    expect(hopMessages(explanation, 'node')).toEqual(['? cannot tell', 'address is not known']);
    expect(headlineOf(explanation)).toBe('cannot tell at address: where <secret otel/E> leads');
  });

  test('what the operator adds', () => {
    const metadata = { annotations: { 'instrumentation.opentelemetry.io/inject-java': 'true' } };
    expect(messagesOf('SDK', { metadata, env: { OTEL_EXPORTER_OTLP_ENDPOINT: undefined } })[0]).toBe(
      '? has an endpoint that was not read',
    );
  });
});

test.each([
  [{ OTEL_TRACES_EXPORTER: 'otlp,console' }],
  [{ OTEL_SDK_DISABLED: 'false' }],
  [{ OTEL_TRACES_SAMPLER: 'always_on' }],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio' }],
  [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '1.0' }],
])('%j changes nothing', (env) => {
  expect(hopOf(explainedSmall({ env }), 'SDK').status).toBe('ok');
});

test('never shows a secret, nor the password of a URL', () => {
  const withPassword = explainedSmall({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:pw@agent.otel:4317' } });
  expect(hopOf(withPassword, 'SDK').message).toBe('sends to http://agent.otel:4317 by grpc');
  const explanation = explainedSmall({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:hunter2hunter2@agent.otel:4317' },
  });
  expect(JSON.stringify(explanation)).not.toContain('hunter2');
});

test('a key that is optional and missing keeps no pod from starting', () => {
  const from = { configMapKeyRef: { name: 'shop-config', key: 'COLLECTOR', optional: true } };
  const text = documents(configMap({ OTHER: 'a' }), smallSystem({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: from } }));
  expect(hopMessages(explained(text), 'SDK').slice(0, 2)).toEqual([
    '? has no endpoint: without one in the program, spans go to localhost',
    'OTEL_EXPORTER_OTLP_ENDPOINT is not set: ConfigMap shop-config has no key COLLECTOR, and it is optional',
  ]);
});
