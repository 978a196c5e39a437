import { posix } from 'node:path';
import { withoutTrailing } from '../../text/linear-time.ts';
import { quoted } from '../../text/quoted.ts';
import { repeats } from './repeats.ts';
import type { ConfigRule } from './rule.ts';

const sources = ['secretName', 'certManager', 'traefikResolver', 'acme'] as const;

/** The certificate comes from one place. */
const requireOneCertificateSource: ConfigRule = {
  id: 'require-one-certificate-source',
  *check({ system }) {
    const certificate = system.at('ingress', 'certificate');
    if (certificate.kind !== 'mapping') {
      return;
    }
    const [first, second] = certificate.entries().filter(([key]) => sources.some((source) => source === key));
    const unknown = certificate.entries().length > 0;
    if (first === undefined && !unknown) {
      const message = 'ingress.certificate has no source of the certificate';
      yield certificate.finding(
        message,
        'write: secretName: …, certManager: { name: … }, traefikResolver: … or acme: { email: … }',
      );
    } else if (first !== undefined && second !== undefined) {
      const message = `ingress.certificate has both ${first[0]} and ${second[0]}; one certificate comes from one place`;
      yield second[1].keyFinding(message, `remove ${first[0]} or ${second[0]}`);
    }
  },
};

/** A path prefix leads to one service; `/api` and `/api/` are one prefix. */
const uniqueRoutePath: ConfigRule = {
  id: 'unique-route-path',
  *check({ system }) {
    const paths = system
      .at('ingress', 'routes')
      .items()
      .map((route) => route.get('path'));
    for (const { value, text, first } of repeats(paths, (path) => withoutTrailing(path, '/'))) {
      yield value.finding(`a route for ${text} stands in line ${first.place.line} already`, 'remove one of the two');
    }
  },
};

/** Kubernetes takes names as hosts of an Ingress, and no authority issues the certificate of an address this way. */
const validIngressHost: ConfigRule = {
  id: 'valid-ingress-host',
  *check({ system }) {
    const host = system.at('ingress', 'host');
    if (/^[\d.]+$/.test(host.text() ?? '')) {
      yield host.finding(`ingress.host is a DNS name, not the address ${host.text()}`, 'write: shop.example.com');
    }
  },
};

/**
 * Paths that the API server refuses, and the quote that ends the path in Traefik's own rules.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go
 */
const refused = /\/\/|\/\.{1,2}(?=\/|$)|%2f|`/i;

const validRoutePath: ConfigRule = {
  id: 'valid-route-path',
  *check({ system }) {
    for (const route of system.at('ingress', 'routes').items()) {
      const path = route.get('path');
      const written = path.text() ?? '';
      const [problem] = refused.exec(written) ?? [];
      if (problem !== undefined) {
        yield path.finding(
          `the path ${quoted(written)} of an Ingress cannot hold ${quoted(problem)}`,
          `write: ${posix.normalize(written.replaceAll(/%2f/gi, '/').replaceAll('`', ''))}`,
        );
      }
    }
  },
};

export const ingressRules: readonly ConfigRule[] = [
  requireOneCertificateSource,
  uniqueRoutePath,
  validIngressHost,
  validRoutePath,
];
