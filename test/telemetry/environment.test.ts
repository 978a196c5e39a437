import { expect, test } from 'vitest';
import { telemetryEnvironment } from '../../lib/telemetry/environment.ts';

const environment = telemetryEnvironment({
  serviceName: 'api-gateway',
  serviceVersion: '1.0.0',
  deploymentName: 'api-gateway',
  containerName: 'api-gateway',
  environment: 'production',
  configMapName: 'dataprime-config',
});

test('every variable that a value refers to stands before it', () => {
  const declared = new Set<string>();
  for (const { name, value } of environment) {
    const references = [...(value ?? '').matchAll(/\$\((\w+)\)/g)].map((match) => match[1]);
    expect(references.filter((reference) => reference === undefined || !declared.has(reference))).toEqual([]);
    declared.add(name);
  }
  expect(declared).toContain('OTEL_RESOURCE_ATTRIBUTES');
});

test('the endpoint comes from the ConfigMap and the protocol fits its port', () => {
  expect(environment.find(({ name }) => name === 'OTEL_EXPORTER_OTLP_ENDPOINT')).toEqual({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    valueFrom: { configMapKeyRef: { name: 'dataprime-config', key: 'OTEL_EXPORTER_OTLP_ENDPOINT' } },
  });
  expect(environment).toContainEqual({ name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'grpc' });
});

test('no variable is declared twice', () => {
  const names = environment.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
