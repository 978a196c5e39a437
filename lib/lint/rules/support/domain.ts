import { type Region, regionOfDomain, regions } from '../../../collector/regions.ts';
import { didYouMean } from '../../../config/shape/did-you-mean.ts';

/** What is wrong with a domain. */
export interface DomainProblem {
  /** As what comes behind the quoted domain. */
  readonly problem: string;
  /** The domain that was meant; undefined where it may be any. */
  readonly meant: string | undefined;
  /** Nothing says that it is meant as Coralogix' own. */
  readonly mayBeProxy: boolean;
}

const domains = regions.flatMap(({ domain, legacyDomain }) => [
  domain,
  ...(legacyDomain === undefined ? [] : [legacyDomain]),
]);

/** @see https://coralogix.com/docs/integrations/coralogix-endpoints/ */
export function domainProblem(written: string): DomainProblem | undefined {
  // Empty means that it is given to helm in another way; a placeholder is filled in by another tool.
  if (written === '' || /[{$<]/.test(written) || regionOf(written) !== undefined) {
    return undefined;
  }
  const host = written
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/:?][\s\S]*/, '')
    .replace(/\.$/, '');
  const region = regionWithin(host);
  const meant = region ?? (looksLikeCoralogix(host) ? didYouMean(host, domains) : undefined);
  if (host !== written) {
    return { problem: 'is no bare host name', meant: meant ?? host, mayBeProxy: false };
  }
  return region === undefined
    ? { problem: 'is the domain of no region', meant, mayBeProxy: !looksLikeCoralogix(host) }
    : {
        problem: 'is more than the domain of a region, before which the exporter puts ingress.',
        meant,
        mayBeProxy: false,
      };
}

/** The region of a domain, which may be the one for PrivateLink. */
export const regionOf = (domain: string): Region | undefined => regionOfDomain(domain.replace(/^private\./, ''));

/** The domain that a host name ends in, or that a region's name means. */
function regionWithin(host: string): string | undefined {
  const named = regions.find(({ name }) => name.toLowerCase() === host);
  const inside = domains
    .filter((domain) => host === domain || (host.endsWith(`.${domain}`) && !namesRegion(host, domain)))
    .sort((a, b) => b.length - a.length)[0];
  const isPrivate = inside !== undefined && host.endsWith(`private.${inside}`);
  return named?.domain ?? (isPrivate ? `private.${inside}` : inside);
}

/** `eu3.coralogix.com` is no host of EU1, whose older domain is `coralogix.com`, but meant as a region of its own. */
const namesRegion = (host: string, domain: string): boolean =>
  /(^|\.)[a-z]+\d$/.test(host.slice(0, -domain.length - 1));

const looksLikeCoralogix = (host: string): boolean => /cora|cx498/.test(host);
