import { expect, test } from 'vitest';
import { imageRole, imageVersion } from '../../lib/model/known-images.ts';

test.each([
  ['redis:7-alpine', 'off-the-shelf'],
  ['bitnami/postgresql:15@sha256:ab', 'off-the-shelf'],
  ['localhost:5000/mirror/mysql-server', 'off-the-shelf'],
  ['docker.io/library/rabbitmq:3-management', 'off-the-shelf'],
  ['oliver006/redis_exporter:v1', undefined],
  ['oliver006/redis-exporter:v1', 'off-the-shelf'],
  ['busybox', 'off-the-shelf'],
  ['docker.io/istio/proxyv2:1.2', 'sidecar'],
  ['gcr.io/cloud-sql-connectors/cloud-sql-proxy:2', 'sidecar'],
  ['otel/opentelemetry-collector-contrib:0.150.0', 'collector'],
  ['coralogixrepo/coralogix-otel-collector:v0.5', 'collector'],
])('%s is %s', (image, code) => {
  expect(imageRole(image, 'app')?.code).toBe(code);
});

test.each([
  'acme/redis-worker:1',
  'acme/kafka-consumer:1',
  'acme/postgres-api:1',
  'ghcr.io/open-telemetry/demo:2.0-kafka',
  'acme/nats-gateway',
  'acme/temporal-worker',
  'nginx-shop:1',
])('%s is an application', (image) => {
  expect(imageRole(image, 'app')).toBeUndefined();
});

test('a container of a mesh is a sidecar whatever its image is called', () => {
  expect(imageRole('registry.internal/mesh:1', 'istio-proxy')?.code).toBe('sidecar');
});

test('a port of the registry is no tag', () => {
  expect(imageVersion('localhost:5000/web')).toEqual({});
  expect(imageVersion('localhost:5000/web:1.2@sha256:ab')).toEqual({ tag: '1.2', digest: 'sha256:ab' });
});
