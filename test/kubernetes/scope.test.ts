import { expect, test } from 'vitest';
import { isNamespaced } from '../../lib/kubernetes/scope.ts';

test.each([
  ['v1', 'Service', true],
  ['v1', 'Namespace', false],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', false],
  ['networking.k8s.io/v1', 'Ingress', true],
  ['gateway.networking.x-k8s.io/v1', 'Gateway', undefined],
  ['gateway.networking.k8s.io/v1', 'GatewayClass', undefined],
  ['cert-manager.io/v1', 'ClusterIssuer', undefined],
])('the scope of %s %s is %s', (apiVersion, kind, scope) => {
  expect(isNamespaced(apiVersion, kind)).toBe(scope);
});
