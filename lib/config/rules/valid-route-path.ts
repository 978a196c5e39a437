import { posix } from 'node:path';
import { quoted } from '../../text/quoted.ts';
import type { ConfigRule } from './rule.ts';

/**
 * Paths that the API server refuses, and the quote that ends the path in Traefik's own rules.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go
 */
const refused = /\/\/|\/\.{1,2}(?=\/|$)|%2f|`/i;

export const validRoutePath: ConfigRule = {
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
