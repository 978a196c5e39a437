import { expect, test } from 'vitest';
import { explainedSmall } from '../../../explain/support/explained.ts';
import { collector, type SmallSystemProps } from '../../support/small-system.ts';

const insecure = { tls: { insecure: true } };
const certificate = { grpc: { endpoint: '0.0.0.0:4317', tls: { cert_file: '/tls.crt' } } };
const both = { grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } };
const balanced = (own: object, dns: object = {}) => ({
  loadbalancing: { protocol: { otlp: own }, resolver: { dns: { hostname: 'gateway.otel', ...dns } } },
});

/** What the hop of the gateway comes to. */
function statusOf(exporter: Readonly<Record<string, object>>, receiver: object, gateway: SmallSystemProps = {}) {
  const exporters = ['spanmetrics', ...Object.keys(exporter)];
  const service = { ports: [{ port: 4317 }, { port: 4318 }] };
  const more = collector(
    { receiver, collectorKind: 'Deployment', exporters: ['coralogix'], service, ...gateway },
    'gateway',
  );
  const hop = explainedSmall({ exporters, exporterSettings: exporter, more }).hops.find(
    ({ name }) => name === 'gateway',
  );
  return hop?.cause ?? hop?.status;
}

test.each<readonly [Readonly<Record<string, object>>, object, string]>([
  [{ otlp: { endpoint: 'gateway.otel:4317', ...insecure } }, both, 'ok'],
  [{ otlp: { endpoint: 'http://gateway.otel:4317' } }, both, 'ok'],
  [{ otlp: { endpoint: 'gateway.otel:4317' } }, both, 'gateway-tls'],
  [{ otlp: { endpoint: 'https://gateway.otel:4317', ...insecure } }, both, 'gateway-tls'],
  [{ otlp: { endpoint: 'gateway.otel:4317' } }, certificate, 'ok'],
  [{ otlp: { endpoint: 'gateway.otel:4317', ...insecure } }, certificate, 'gateway-tls'],
  [{ otlp: { endpoint: 'gateway.otel:4318', ...insecure } }, both, 'gateway-port'],
  [{ otlphttp: { endpoint: 'http://gateway.otel:4318' } }, both, 'ok'],
  [{ otlphttp: { endpoint: 'http://gateway.otel:4317' } }, both, 'gateway-port'],
  [{ otlp: { endpoint: 'gateway.otel:4317', ...insecure } }, { grpc: {} }, 'gateway-port'],
  [balanced(insecure), both, 'ok'],
  [balanced({}), both, 'gateway-tls'],
  [balanced(insecure, { port: 4318 }), both, 'gateway-port'],
])('%j to a gateway with %j: %s', (exporter, receiver, expected) => {
  expect(statusOf(exporter, receiver)).toBe(expected);
});

test('a port that the Service of the gateway does not have leads nowhere', () => {
  const exporter = { otlphttp: { endpoint: 'http://gateway.otel:4318' } };
  expect(statusOf(exporter, both, { service: { ports: [{ port: 4317 }] } })).toBe('gateway-port');
  expect(statusOf(exporter, both, { service: { clusterIP: 'None', ports: [{ port: 4317 }] } })).toBe('ok');
});

test('the Service of the gateway leads to the port of its pods', () => {
  const exporter = { otlp: { endpoint: 'gateway.otel:4317', ...insecure } };
  const to = (targetPort: number) => ({ service: { ports: [{ port: 4317, targetPort }] } });
  expect(statusOf(exporter, { grpc: { endpoint: '0.0.0.0:5317' } }, to(5317))).toBe('ok');
  expect(statusOf(exporter, both, to(5317))).toBe('gateway-port');
});

test('a span that a gateway would count, and that does not come there, is not known to be counted', () => {
  const toPort = (port: number) =>
    explainedSmall({
      exporters: ['otlp'],
      exporterSettings: { otlp: { endpoint: `gateway.otel:${port}`, ...insecure } },
      more: collector({ collectorKind: 'Deployment', service: { ports: [{ port: 4317 }, { port: 4318 }] } }, 'gateway'),
    }).hops.find(({ name }) => name === 'spanmetrics');
  expect(toPort(4317)).toMatchObject({ status: 'ok' });
  expect(toPort(4318)).toMatchObject({ status: 'unknown', reasons: [{ message: 'gateway is broken' }] });
});

test('a domain of the span metrics is judged also where the way of the span is not known', () => {
  const { hops } = explainedSmall({
    exporters: ['spanmetrics', 'otlp'],
    exporterSettings: {
      otlp: { endpoint: 'elsewhere.example.com:4317' },
      coralogix: { domain: 'https://eu2.coralogix.com', private_key: '${env:KEY}' },
    },
  });
  expect(hops.find(({ name }) => name === 'export')).toMatchObject({ status: 'broken', cause: 'wrong-domain' });
});
