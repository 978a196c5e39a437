import { describe, expect, test } from 'vitest';
import { clusterSuggestion, connectionProblem } from '../../../lib/run/kube/error-output.ts';
import { bed, withDeploy } from '../../deploy/preflight/answers.ts';

describe('why no cluster answers', () => {
  const { context } = bed({ change: withDeploy({ kubeconfig: '/home/me/k3s.yaml', context: 'shop' }) });

  test.each([
    [
      'error: stat /nonexistent: no such file or directory',
      'no-kubeconfig',
      'the kubeconfig /nonexistent does not exist',
    ],
    ['error: error loading config file "/k": yaml: line 3: did not find', 'bad-kubeconfig', '/k cannot be read'],
    ['error: context "shop" does not exist', 'no-context', '/home/me/k3s.yaml has no context shop'],
    ['The connection to the server localhost:8080 was refused - did', 'no-cluster', 'kubectl has no cluster'],
    [
      'The connection to the server 192.0.2.7:6443 was refused - did',
      'cluster-refused',
      'the API server at 192.0.2.7:6443 refuses connections',
    ],
    [
      'dial tcp 192.0.2.7:6443: connect: connection refused',
      'cluster-refused',
      'the API server at 192.0.2.7:6443 refuses connections',
    ],
    [
      'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-24T11:00:00Z is after 2026-11-01T00:00:00Z',
      'certificate-expired',
      'current time 2026-11-24T11:00:00Z is after 2026-11-01T00:00:00Z',
    ],
    [
      'x509: certificate signed by unknown authority',
      'certificate-unknown',
      'another authority than the one in /home/me/k3s.yaml',
    ],
    [
      'x509: certificate is valid for 10.43.0.1, 127.0.0.1, not 192.0.2.7',
      'certificate-for-other',
      'valid for 10.43.0.1, 127.0.0.1, not 192.0.2.7',
    ],
    ['http: server gave HTTP response to HTTPS client', 'not-tls', 'does not use TLS'],
    [
      'error: You must be logged in to the server (Unauthorized)',
      'unauthorized',
      'rejects the credentials in /home/me/k3s.yaml',
    ],
    ['getting credentials: exec: executable aws not found', 'no-credentials', 'executable aws not found'],
    [
      'dial tcp: lookup k3s.example.com on 10.0.0.2:53: no such host',
      'unknown-cluster-name',
      'k3s.example.com, does not resolve',
    ],
    ['dial tcp 192.0.2.7:6443: i/o timeout', 'cluster-unreachable', 'at 192.0.2.7:6443 does not answer in time'],
    ['net/http: TLS handshake timeout', 'cluster-unreachable', 'the API server does not answer in time'],
    ['[+]ping ok\n[-]etcd failed: reason withheld', 'cluster-not-ready', '[-]etcd failed'],
  ])('%s', (said, code, message) => {
    const problem = connectionProblem(context, said);
    expect(problem?.code).toBe(`deploy/${code}`);
    expect(problem?.message).toContain(message);
    expect(problem?.suggestion).toMatch(/^[a-z]/);
  });

  test('what is not about the way to the cluster is left to others', () => {
    expect(connectionProblem(context, 'Error from server (NotFound): namespaces "shop" not found')).toBeUndefined();
  });

  test('what is to be run is for the cluster of the configuration', () => {
    expect(connectionProblem(context, '(Unauthorized)')?.suggestion).toContain(
      'kubectl auth whoami --kubeconfig=/home/me/k3s.yaml --context=shop',
    );
  });
});

describe('what to do about a failed command', () => {
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
      'or ask the owner of rules.example.com',
    ],
    [
      `services "api" is forbidden: ValidatingAdmissionPolicy 'no-services' with binding 'all' denied request: no`,
      'or ask the owner of no-services',
    ],
    [
      'Error from server (InternalError): Internal error occurred: failed calling webhook "rules.example.com": dial tcp: connection refused',
      'why the webhook rules.example.com of this cluster does not answer',
    ],
    ['Error from server: etcdserver: mvcc: database space exceeded', 'free space on the full disk'],
    ['The connection to the server 192.0.2.7:6443 was refused - did you specify the right host or port?', 'k3s'],
    ['Error from server: etcdserver: leader changed', 'kubectl get --raw=/readyz'],
  ])('%j says what to do next', (stderr, next) => {
    expect(clusterSuggestion(stderr)).toContain(next);
  });

  test('what is not known brings no advice', () => {
    expect(clusterSuggestion('error: unable to recognize "x.yaml"')).toBeUndefined();
  });
});
