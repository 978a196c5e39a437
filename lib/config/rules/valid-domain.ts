import { regionOfDomain, regions } from '../../collector/regions.ts';
import { nearest } from '../shape/did-you-mean.ts';
import { oneOf, quoted } from '../shape/quoted.ts';
import type { Rule } from './rule.ts';

/** `ingress.` and `api.` are put before the domain, so it is the bare host name of a region. */
export const validDomain: Rule = {
  id: 'valid-domain',
  *check({ system }) {
    const domain = system.at('coralogix', 'domain');
    const written = domain.text();
    if (written === undefined || regionOfDomain(written) !== undefined) {
      return;
    }
    const host = bareHost(written);
    const meant =
      regionOfDomain(host) ??
      regions.find(({ name }) => name.toLowerCase() === host) ??
      regionOfDomain(withoutPrefix(host));
    yield meant === undefined
      ? domain.finding(`no Coralogix region has the domain ${quoted(written)}`, suggestion(host))
      : domain.finding(
          `coralogix.domain is the bare host name of a region (${meant.name}), not ${quoted(written)}`,
          `write: ${host === meant.legacyDomain ? host : meant.domain}`,
        );
  },
};

/** Without scheme, port, path and final dot. */
const bareHost = (written: string): string =>
  written
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#][\s\S]*/, '')
    .replace(/:\d*$/, '')
    .replace(/\.$/, '');

/** Names that Coralogix itself puts before a domain. */
const withoutPrefix = (host: string): string =>
  host.replace(/^(ingress\.private|ingress|api|[a-z0-9-]+\.app|app|dashboard)\./, '');

function suggestion(host: string): string {
  const domains = regions.map(({ domain }) => domain);
  const names = regions.map(({ name }) => name.toLowerCase());
  const near = host.includes('.')
    ? nearest(host, domains)
    : nearest(host, names).map((name) => domains[names.indexOf(name)] ?? '');
  return `write: ${oneOf(near.length > 0 ? near : domains)}`;
}
