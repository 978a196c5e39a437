import { App, Chart } from 'cdk8s';
import { expect, test } from 'vitest';
import { ApplicationConfig } from '../../lib/constructs/application-config.ts';
import type { InstrumentedServiceProps } from '../../lib/constructs/instrumented-service-props.ts';
import { serviceEnvironment } from '../../lib/constructs/service-environment.ts';

type Changes = Partial<InstrumentedServiceProps> & { readonly environment?: string };

function environmentOf({ environment = 'production', ...props }: Changes = {}) {
  const config = new ApplicationConfig(new Chart(new App(), 'c'), 'config', {
    name: 'shop-config',
    partOf: 'shop',
    domain: 'eu2.coralogix.com',
    applicationName: 'shop',
    endpoint: 'http://coralogix-opentelemetry-collector:4317',
    environment,
  });
  return serviceEnvironment({ name: 'web', partOf: 'shop', image: 'web:9', version: '1.0.0', config, ...props }, []);
}

const attributesOf = (changes: Changes): string[] =>
  environmentOf(changes)
    .find(({ name }) => name === 'OTEL_RESOURCE_ATTRIBUTES')
    ?.value?.split(',') ?? [];

test('every variable that a value refers to stands before it, and none is declared twice', () => {
  const declared = new Set<string>();
  for (const { name, value } of environmentOf()) {
    const references = [...(value ?? '').matchAll(/\$\((\w+)\)/g)].map(([, reference]) => reference);
    expect(references.filter((reference) => reference === undefined || !declared.has(reference))).toEqual([]);
    expect(declared).not.toContain(name);
    declared.add(name);
  }
  expect(declared).toContain('OTEL_RESOURCE_ATTRIBUTES');
});

test.each([
  ['grpc', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ['http/protobuf', 'OTEL_EXPORTER_OTLP_HTTP_ENDPOINT'],
] as const)('the endpoint for %s comes from the ConfigMap, beside the protocol', (protocol, key) => {
  const environment = environmentOf({ protocol });
  expect(environment).toContainEqual({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    valueFrom: { configMapKeyRef: { name: 'shop-config', key } },
  });
  expect(environment).toContainEqual({ name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: protocol });
});

test('a span says which pod, node, namespace, workload, version and environment it comes from', () => {
  expect(attributesOf({ kind: 'StatefulSet', resourceAttributes: { 'service.namespace': 'checkout' } })).toEqual([
    'k8s.pod.name=$(K8S_POD_NAME)',
    'k8s.pod.uid=$(K8S_POD_UID)',
    'k8s.pod.ip=$(K8S_POD_IP)',
    'k8s.node.name=$(K8S_NODE_NAME)',
    'k8s.namespace.name=$(K8S_NAMESPACE_NAME)',
    'k8s.statefulset.name=web',
    'k8s.container.name=web',
    'service.version=$(SERVICE_VERSION)',
    'service.instance.id=$(K8S_POD_UID)',
    'deployment.environment=production',
    'deployment.environment.name=production',
    'service.namespace=checkout',
  ]);
});

test('on the network of the node the address of the pod is left out', () => {
  const changes = { pod: { hostNetwork: true } };
  expect(attributesOf(changes).join()).not.toContain('k8s.pod.ip');
  expect(environmentOf(changes).map(({ name }) => name)).not.toContain('K8S_POD_IP');
});

test('a value that SDKs read in different ways is refused', () => {
  expect(() => environmentOf({ environment: 'pre prod' })).toThrow(/web: deployment\.environment=pre prod .*left out/);
  expect(() => environmentOf({ resourceAttributes: { team: 'a=b' } })).toThrow(/web: team=a=b/);
});
