import { describe, expect, test } from 'vitest';
import { parseEndpoint } from '../../../lib/model/network/endpoint.ts';

describe('an endpoint', () => {
  test.each([
    ['http://otel:4317', 'http', 'name otel', 4317],
    ['HTTPS://Otel.Demo.svc:4317/v1/traces', 'https', 'name otel.demo.svc', 4317],
    ['otel:4317', undefined, 'name otel', 4317],
    ['http://otel', 'http', 'name otel', undefined],
    ['grpc://otel.', 'grpc', 'name otel', undefined],
    ['http://localhost:4317', 'http', 'loopback', 4317],
    ['127.0.0.1:4318', undefined, 'loopback', 4318],
    ['http://[::1]:4317', 'http', 'loopback', 4317],
    ['http://0.0.0.0:4317', 'http', 'loopback', 4317],
    ['http://[::]:4317', 'http', 'loopback', 4317],
    ['http://ip6-localhost:4317', 'http', 'loopback', 4317],
    ['http://10.0.0.7:4317', 'http', 'address 10.0.0.7', 4317],
    ['http://[fd00::7]:4317', 'http', 'address [fd00::7]', 4317],
    ['http://<status.hostIP>:4317', 'http', 'node', 4317],
    ['http://[<status.hostIP>]:4317', 'http', 'node', 4317],
    ['http://<status.podIP>:4317', 'http', 'pod', 4317],
    ['http://$(HOST_IP):4317', 'http', 'unresolved $(HOST_IP)', 4317],
    ['http://${HOST_IP}:4317', 'http', 'unresolved ${HOST_IP}', 4317],
    ['http://<spec.nodeName>:4317', 'http', 'unresolved <spec.nodeName>', 4317],
    ['https://ingress.eu2.coralogix.com:443', 'https', 'coralogix ingress.eu2.coralogix.com', 443],
    ['ingress.coralogix.us:443', undefined, 'coralogix ingress.coralogix.us', 443],
    ['https://ingress.cx498.coralogix.com', 'https', 'coralogix ingress.cx498.coralogix.com', undefined],
    ['https://ingress.coralogixsg.com', 'https', 'coralogix ingress.coralogixsg.com', undefined],
    ['https://ingress.private.eu9.coralogix.com', 'https', 'coralogix ingress.private.eu9.coralogix.com', undefined],
    ['http://otel.coralogix:4317', 'http', 'name otel.coralogix', 4317],
    ['http://otel.coralogix.svc:4317', 'http', 'name otel.coralogix.svc', 4317],
    ['http://otel.coralogix.svc.cluster.local:4317', 'http', 'name otel.coralogix.svc.cluster.local', 4317],
    ['http://coralogix-opentelemetry:4317', 'http', 'name coralogix-opentelemetry', 4317],
    ['', undefined, 'name ', undefined],
  ])('%s has scheme %s, host %s and port %s', (text, scheme, host, port) => {
    const endpoint = parseEndpoint(text);
    const what = 'name' in endpoint.host ? endpoint.host.name : undefined;
    const where = 'address' in endpoint.host ? endpoint.host.address : undefined;
    const written = 'text' in endpoint.host ? endpoint.host.text : undefined;
    const detail = what ?? where ?? written;
    expect({
      scheme: endpoint.scheme,
      host: detail === undefined ? endpoint.host.kind : `${endpoint.host.kind} ${detail}`,
      port: endpoint.port,
    }).toEqual({ scheme, host, port });
  });
});
