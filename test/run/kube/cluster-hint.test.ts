import { expect, test } from 'vitest';
import { clusterHint } from '../../../lib/run/kube/error-output.ts';

test.each([
  [
    'Error from server (Forbidden): services "api" is forbidden: User "ci" cannot patch resource "services" in API group "" in the namespace "shop"',
    'kubectl auth can-i patch services --namespace=shop;',
  ],
  [
    'Error from server (Forbidden): User "ci" cannot list resource "clusterroles" in API group "rbac.authorization.k8s.io" at the cluster scope',
    'kubectl auth can-i list clusterroles.rbac.authorization.k8s.io;',
  ],
  [
    'Error from server (Forbidden): pods "api" is forbidden: exceeded quota: team-a, requested: pods=1',
    'raise the quota team-a',
  ],
  [
    'Error from server: admission webhook "rules.example.com" denied the request: no label owner',
    'or ask who keeps rules.example.com',
  ],
  [
    `services "api" is forbidden: ValidatingAdmissionPolicy 'no-services' with binding 'all' denied request: no`,
    'or ask who keeps no-services',
  ],
  [
    'Error from server (InternalError): Internal error occurred: failed calling webhook "rules.example.com": dial tcp: connection refused',
    'why the webhook rules.example.com of this cluster does not answer',
  ],
  ['Error from server: etcdserver: mvcc: database space exceeded', 'free space on the disk'],
  ['The connection to the server 192.0.2.7:6443 was refused - did you specify the right host or port?', 'k3s'],
  ['Error from server: etcdserver: leader changed', 'kubectl get --raw=/readyz'],
])('%j says what to do next', (stderr, next) => {
  expect(clusterHint(stderr)).toContain(next);
});

test('what is not known brings no advice', () => {
  expect(clusterHint('error: unable to recognize "x.yaml"')).toBeUndefined();
});
