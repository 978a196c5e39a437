import { expect, test } from 'vitest';
import { isCollectorContainer } from '../../../lib/model/spans/collector-container.ts';
import { modelOf, onlyContainer } from '../support/model-of.ts';
import { podWith } from '../support/pod.ts';

function isCollector(container: object): boolean {
  const model = modelOf(podWith(container));
  const { workload, container: only } = onlyContainer(model);
  return isCollectorContainer(model, workload, only);
}

test.each([
  'otelcol:1',
  'otel/opentelemetry-collector-contrib:0.155.0',
  'coralogixrepo/coralogix-otel-collector:v0.5.0',
  'quay.io/signalfx/splunk-otel-collector',
  'ghcr.io/open-telemetry/opentelemetry-operator/opentelemetry-operator:1',
  'cr.fluentbit.io/fluent/fluent-bit:3',
  'grafana/alloy:v1.5.0',
  'timberio/vector:0.43.0-alpine',
  'localhost:5000/tempo',
  'grafana/tempo-query:2.6.0',
  'grafana/beyla@sha256:0123',
  'otel/ebpf-instrument:v0.3.0',
  'coralogixrepo/opentelemetry-ebpf-profiler:1',
  'jaegertracing/all-in-one:1.62.0',
  'jaegertracing/jaeger-agent:1.62.0',
  'cr.jaegertracing.io/jaegertracing/jaeger:2.0.0',
])('%s passes telemetry on', (image) => {
  expect(isCollector({ image })).toBe(true);
});

test.each([
  'acme/temporal-worker:1',
  'acme/template-service:1',
  'jaegertracing/example-hotrod:1',
  'registry.example.com/tempo/checkout:1',
  'acme/pgvector:1',
  'acme/vectorize:1',
  'acme/hotel-collections:1',
  'shop-api:jaeger',
])('%s is an application', (image) => {
  expect(isCollector({ image })).toBe(false);
});

test('a command says it as well', () => {
  expect(isCollector({ image: 'own:1', command: ['/usr/bin/otelcol-contrib'] })).toBe(true);
  expect(isCollector({ image: 'own:1', command: ['/jaeger-collector'] })).toBe(true);
  expect(isCollector({ image: 'own:1', command: ['sh', '-c', 'curl http://jaeger:16686; node app.js'] })).toBe(false);
});
