import { expect, test } from 'vitest';
import { explainedSmall, hopOf, marksOf, messagesOf } from '../../../explain/support/explained.ts';
import type { SmallSystemProps } from '../../support/small-system.ts';

const grpc = (settings: object) => ({ receiver: { grpc: settings } });

test('takes what the SDK sends', () => {
  expect(messagesOf('receiver', {})).toEqual([
    '✓ DaemonSet agent takes OTLP by gRPC on port 4317',
    'receiver otlp listens on 0.0.0.0:4317',
  ]);
});

test('takes HTTP where both speak it', () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://agent.otel:4318',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
  };
  const props = { env, receiver: { http: { endpoint: '0.0.0.0:4318' } }, service: { ports: [{ port: 4318 }] } };
  expect(messagesOf('receiver', props)[0]).toBe('✓ DaemonSet agent takes OTLP by HTTP on port 4318');
});

test('takes TLS where it has a certificate', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://agent.otel:4317' };
  const props = { env, ...grpc({ endpoint: '0.0.0.0:4317', tls: { cert_file: '/tls.crt' } }) };
  expect(hopOf(explainedSmall(props), 'receiver').status).toBe('ok');
});

test.each([
  [grpc({ endpoint: '0.0.0.0:5317' }), 'DaemonSet agent takes no OTLP on port 4317', 'it listens on 5317 (gRPC)'],
  [{ receiver: {} }, 'DaemonSet agent takes no OTLP on port 4317', 'it listens on no port'],
  [grpc({}), 'no pod reaches localhost:4317', 'a receiver without endpoint binds localhost'],
  [
    { env: { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' } },
    'port 4317 takes gRPC, and the SDK speaks http/protobuf',
    'container app sets OTEL_EXPORTER_OTLP_PROTOCOL: http/protobuf',
  ],
  [
    { env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://agent.otel:4317' } },
    'the SDK speaks TLS, and the receiver has no certificate',
    'receiver otlp listens on 0.0.0.0:4317',
  ],
])('breaks with %j', (props, says, reason) => {
  expect(messagesOf('receiver', props).slice(0, 2)).toEqual([`✗ ${says}`, reason]);
  expect(marksOf(explainedSmall(props))).toMatch(/^✓✓✓✗[^✓]+$/);
});

test('breaks with an endpoint that names no port', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://agent.otel' };
  expect(messagesOf('receiver', { env })[0]).toBe('✗ DaemonSet agent takes no OTLP on a port that is not named');
});

test('cannot tell whether an SDK speaks gRPC that is not told to', () => {
  const props = { env: { OTEL_EXPORTER_OTLP_PROTOCOL: undefined } };
  expect(messagesOf('receiver', props)[0]).toBe('? port 4317 takes gRPC, and the protocol of the SDK is not known');
});

test('follows the Service to the port of the pods that it names', () => {
  const to = (targetPort: string | number, ports: readonly object[] = []): SmallSystemProps => ({
    service: { ports: [{ port: 4317, targetPort }] },
    collectorPod: { containers: [{ name: 'otelcol', image: 'otelcol:1', ports }] },
  });
  const otlp = (containerPort: number) => [{ name: 'otlp', containerPort }];
  expect(messagesOf('receiver', to('otlp', otlp(4317)))[0]).toMatch(/^✓/);
  expect(messagesOf('receiver', to('otlp', otlp(5317)))[0]).toBe('✗ DaemonSet agent takes no OTLP on port 5317');
  expect(messagesOf('receiver', to(5317))[0]).toBe('✗ DaemonSet agent takes no OTLP on port 5317');
  expect(messagesOf('address', to('grpc', otlp(4317)))[0]).toBe(
    '✗ Service agent of namespace otel sends to port grpc, and no port of its pods has that name',
  );
});
