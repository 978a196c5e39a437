import { expect, test } from 'vitest';
import { type Certificate, HttpsIngress } from '../../lib/constructs/https-ingress.ts';
import { toYaml } from '../../lib/yaml/to-yaml.ts';
import { kindsOf, synthesized } from '../support/synthesized.ts';

const ingress = (certificate: Certificate) =>
  synthesized((chart) => {
    new HttpsIngress(chart, 'Ingress', {
      name: 'demo',
      partOf: 'demo',
      namespace: 'demo',
      host: 'demo.example.com',
      certificate,
      routes: [
        { path: '/', service: 'frontend', port: 8020 },
        { path: '/api', service: 'api', port: 8010 },
      ],
    });
  });

test('HTTPS serves the routes, and HTTP is redirected by a Middleware', () => {
  const objects = ingress({ secretName: 'demo-tls' });
  expect(kindsOf(objects)).toEqual(['Ingress', 'Middleware', 'Ingress']);
  for (const object of objects) {
    expect(toYaml(object)).toMatchSnapshot(`${object.kind} ${object.metadata.name}`);
  }
});

test('the HTTP Ingress names the Middleware as Traefik looks for it', () => {
  const [, middleware, http] = ingress({ secretName: 'demo-tls' });
  expect(http).toHaveProperty(
    ['metadata', 'annotations', 'traefik.ingress.kubernetes.io/router.middlewares'],
    `demo-${middleware?.metadata.name}@kubernetescrd`,
  );
});

test.each([
  ['ClusterIssuer', 'cert-manager.io/cluster-issuer'],
  ['Issuer', 'cert-manager.io/issuer'],
] as const)('a certificate of a cert-manager %s is kept in a Secret of its own', (kind, annotation) => {
  const [https] = ingress({ issuer: { kind, name: 'letsencrypt' } });
  expect(https).toHaveProperty(['metadata', 'annotations', annotation], 'letsencrypt');
  expect(https).toHaveProperty('spec.tls', [{ hosts: ['demo.example.com'], secretName: 'demo-tls' }]);
});

test("a certificate of Traefik's own resolver needs no Secret", () => {
  const [https] = ingress({ traefikResolver: 'letsencrypt' });
  expect(https).toHaveProperty(
    ['metadata', 'annotations', 'traefik.ingress.kubernetes.io/router.tls.certresolver'],
    'letsencrypt',
  );
  expect(https).toHaveProperty('spec.tls', [{ hosts: ['demo.example.com'] }]);
});
