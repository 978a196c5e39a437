import type { BrokenConfig } from './broken-config.ts';

/** The ingress. */
export const ingressCases: readonly BrokenConfig[] = [
  {
    title: 'a severity that does not exist',
    change: {
      '    - { path: /, service: web }\n': '    - { path: /, service: web }\nlint: { rules: { no-x: «warn } }\n',
    },
    code: 'config/invalid-value',
    message: 'lint.rules.no-x must be error, warning or off, not "warn"',
    suggestion: 'write: warning',
  },
  {
    title: 'a rule whose id is none',
    change: {
      '    - { path: /, service: web }\n': '    - { path: /, service: web }\nlint: { rules: { «NoX: off } }\n',
    },
    code: 'config/invalid-key',
    message: 'the key "NoX" in lint.rules must be the id of a rule, as `podhost lint --list` prints it',
    suggestion: 'write: the id of a rule, as `podhost lint --list` prints it',
  },
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
    message: 'ingress.certificate has no source of the certificate',
    suggestion: 'write: secretName: …, certManager: { name: … }, traefikResolver: … or acme: { email: … }',
  },
  {
    title: 'an authority without an address to warn',
    change: {
      '{ secretName: shop-tls }': '{ acme: { email: «ops } }',
    },
    code: 'config/invalid-value',
    message: 'ingress.certificate.acme.email must be an address of e-mail, not "ops"',
    suggestion: 'write: an address of e-mail',
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
  {
    title: 'an address as the host',
    change: { 'host: shop.example.com': 'host: «192.0.2.1' },
    code: 'config/valid-ingress-host',
    message: 'ingress.host is a DNS name, not the address 192.0.2.1',
    suggestion: 'write: shop.example.com',
  },
  {
    title: 'a path upwards',
    change: { 'path: /,': 'path: «/api/../web,' },
    code: 'config/valid-route-path',
    message: 'the path "/api/../web" of an Ingress cannot hold "/.."',
    suggestion: 'write: /web',
  },
];
