import { expect, test } from 'vitest';
import { resourceAttributes } from '../../lib/telemetry/resource-attributes.ts';

const attributes = (environment: string) =>
  resourceAttributes({
    deploymentName: 'api-gateway',
    containerName: 'api-gateway',
    versionVariable: 'SERVICE_VERSION',
    environment,
  });

test('a span says which pod, node, namespace, deployment and version it comes from', () => {
  expect(attributes('production').split(',')).toEqual([
    'k8s.pod.name=$(K8S_POD_NAME)',
    'k8s.pod.uid=$(K8S_POD_UID)',
    'k8s.pod.ip=$(K8S_POD_IP)',
    'k8s.node.name=$(K8S_NODE_NAME)',
    'k8s.namespace.name=$(K8S_NAMESPACE_NAME)',
    'k8s.deployment.name=api-gateway',
    'k8s.container.name=api-gateway',
    'service.version=$(SERVICE_VERSION)',
    'service.instance.id=$(K8S_POD_UID)',
    'deployment.environment=production',
    'deployment.environment.name=production',
  ]);
});

test('characters with a meaning of their own are percent-encoded', () => {
  expect(attributes('pre prod, eu=1; $(X)')).toContain('deployment.environment=pre%20prod%2C%20eu%3D1%3B%20%24(X)');
});
