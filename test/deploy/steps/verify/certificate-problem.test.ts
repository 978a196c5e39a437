import { describe, expect, test } from 'vitest';
import { loadSystem } from '../../../../lib/config/load-system.ts';
import type { CertificateConfig } from '../../../../lib/config/schema/ingress.ts';
import { certificateProblem } from '../../../../lib/deploy/steps/verify/certificate.ts';
import type { ServedCertificate } from '../../../../lib/deploy/steps/verify/served-certificate.ts';

const { config } = loadSystem('config/dataprime-demo.yaml');
const now = new Date('2030-06-01T00:00:00Z');
const good: ServedCertificate = {
  subject: 'dataprime-demo.example.com',
  issuer: 'An Authority',
  validTo: new Date('2030-07-01T00:00:00Z'),
};
const traefik: ServedCertificate = {
  ...good,
  subject: 'TRAEFIK DEFAULT CERT',
  otherHost: "Hostname/IP does not match certificate's altnames",
};

const problemOf = (served: ServedCertificate, certificate?: CertificateConfig) => {
  const { ingress } = config;
  const changed = ingress && certificate ? { ...ingress, certificate } : ingress;
  return certificateProblem(served, { config: { ...config, ingress: changed } }, now);
};

test('a certificate of the host that is valid is no problem, whoever trusts it', () => {
  expect(problemOf(good)).toBeUndefined();
  expect(problemOf({ ...good, untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' })).toBeUndefined();
});

describe("Traefik's default certificate is told, with where the wanted one gets lost", () => {
  test.each<[CertificateConfig, string]>([
    [{ secretName: 'shop-tls' }, 'kubectl get secret shop-tls --namespace dataprime-demo'],
    [
      { certManager: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
      'kubectl describe certificate dataprime-demo-tls --namespace dataprime-demo',
    ],
    [{ traefikResolver: 'le' }, 'kubectl logs deployment/traefik --namespace kube-system | grep -i acme'],
    [{ acme: { email: 'ops@example.com' } }, 'kubectl logs deployment/traefik --namespace kube-system'],
  ])('%j', (certificate, command) => {
    const problem = problemOf(traefik, certificate);
    expect(problem?.message).toContain("is served with Traefik's default certificate");
    expect(problem?.suggestion).toContain(command);
  });
});

test('a certificate of another host is told with whose it is', () => {
  const problem = problemOf({ ...good, subject: 'other.example.com', otherHost: 'no match' });
  expect(problem?.message).toBe(
    'dataprime-demo.example.com is served with the certificate of other.example.com, which is not for it',
  );
});

test('a certificate that has expired is told with the day', () => {
  expect(problemOf({ ...good, validTo: new Date('2030-05-31T12:00:00Z') })?.message).toBe(
    'the certificate of dataprime-demo.example.com has expired on 2030-05-31',
  );
});
