import type { BrokenConfig } from './broken-config.ts';

/** The ingress. */
export const ingressCases: readonly BrokenConfig[] = [
  {
    title: 'two sources of a certificate',
    change: {
      '{ secretName: shop-tls }': '{ secretName: shop-tls, «traefikResolver: le }',
    },
    code: 'config/require-one-certificate-source',
    message: 'ingress.certificate has both secretName and traefikResolver; one certificate comes from one place',
    suggestion: 'remove secretName or traefikResolver',
  },
  {
    title: 'no source of a certificate',
    change: {
      '{ secretName: shop-tls }': '«{}',
    },
    code: 'config/require-one-certificate-source',
    message: 'ingress.certificate does not say where the certificate comes from',
    suggestion: 'write: secretName: …, certManager: { name: … } or traefikResolver: …',
  },
  {
    title: 'one path twice',
    change: {
      '{ path: /, service: web }': '{ path: /api, service: api }\n    - { path: «/api/, service: web }',
    },
    code: 'config/unique-route-path',
    message: 'a route for /api/ stands in line 54 already',
    suggestion: 'remove one of the two',
  },
  {
    title: 'no route',
    change: {
      '\n    - { path: /, service: web }': ' «[]',
    },
    code: 'config/invalid-value',
    message: 'ingress.routes must name at least one route',
    suggestion: 'write: routes: …  # Which path leads to which service',
  },
];
