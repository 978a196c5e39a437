import { nearest } from '../text/did-you-mean.ts';
import { withoutTrailing } from '../text/linear-time.ts';
import { type Region, regions } from './regions.ts';

/**
 * What a text means as the domain of Coralogix, before which the exporter puts `ingress.`.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/coralogixexporter
 */
export type DomainReading =
  /** The domain of a region, or the one that its PrivateLink has: `private.eu2.coralogix.com`. */
  | { readonly status: 'valid'; readonly region: Region }
  /** Means a region, and is written otherwise. */
  | {
      readonly status: 'repairable';
      readonly region: Region;
      readonly repaired: string;
      /** Whether it is a host name, with more before the domain than there should be. */
      readonly isHost: boolean;
    }
  /** No region has it. */
  | {
      readonly status: 'unknown';
      /** The host name in it; undefined where there is none. */
      readonly host: string | undefined;
      /** Whether it is this host name, with nothing around it. */
      readonly isHost: boolean;
      /** Domains that resemble it, all that come equally near. */
      readonly near: readonly string[];
      /** Whether it is meant as Coralogix' own, rather than as that of a proxy. */
      readonly isCoralogix: boolean;
    };

const privateLink = 'private.';

/** Domains of regions, the longest first: some end in others. */
const known = regions
  .flatMap((region) => [region.domain, region.legacyDomain].flatMap((domain) => (domain ? [{ region, domain }] : [])))
  .sort((a, b) => b.domain.length - a.domain.length);

export function readDomain(written: string): DomainReading {
  const own = known.find(({ domain }) => written === domain || written === privateLink + domain);
  if (own !== undefined) {
    return { status: 'valid', region: own.region };
  }
  const host = hostIn(written);
  const isHost = host === written;
  const meant = regionMeant(host);
  if (meant !== undefined) {
    return { status: 'repairable', isHost, ...meant };
  }
  return {
    status: 'unknown',
    host: hostName.test(host) ? host : undefined,
    isHost,
    near: nearestDomains(host),
    isCoralogix: /cora|cx498/.test(host),
  };
}

/** The region that a domain belongs to; undefined where it is not the domain of one as it is written. */
export function regionOf(domain: string): Region | undefined {
  const reading = readDomain(domain);
  return reading.status === 'valid' ? reading.region : undefined;
}

/**
 * Whether data that are sent to a text as domain reach no region. Empty means that it is given in another way, a
 * placeholder is filled in later, and a host of another name may be a proxy.
 */
export function isWrongDomain(written: string): boolean {
  const reading = written === '' || /[{$<]/.test(written) ? undefined : readDomain(written);
  return (
    reading !== undefined &&
    reading.status !== 'valid' &&
    !(reading.status === 'unknown' && reading.isHost && !reading.isCoralogix)
  );
}

/** Whether a host is one of Coralogix, of a region that is known or not: `coralogix.svc` is a namespace. */
export const isCoralogixHost = (host: string): boolean =>
  known.some(({ domain }) => host === domain || host.endsWith(`.${domain}`)) ||
  /(^|\.)coralogix(sg|gov)?\.(?!svc$)[a-z]{2,}$/.test(host);

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/** Without scheme, user, path and port; without final dots, and in lower case. */
const hostIn = (written: string): string => withoutTrailing(withoutAddress(written), '.');

const withoutAddress = (written: string): string =>
  written
    .trim()
    .toLowerCase()
    .replace(/^([a-z][a-z0-9+.-]*:)?\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/, '')
    .replace(/:\d*$/, '');

function regionMeant(host: string): { readonly region: Region; readonly repaired: string } | undefined {
  const named = regions.find(({ name }) => name.toLowerCase() === host);
  if (named !== undefined) {
    return { region: named, repaired: named.domain };
  }
  const own = known.find(({ domain }) => host === domain || host === privateLink + domain);
  if (own !== undefined) {
    return { region: own.region, repaired: host };
  }
  const inside = known.find(({ domain }) => host.endsWith(`.${domain}`));
  const before = inside && host.slice(0, -inside.domain.length - 1);
  if (inside === undefined || before === undefined || namesRegion(before)) {
    return undefined;
  }
  const isPrivate = /(^|\.)private$/.test(before);
  return { region: inside.region, repaired: `${isPrivate ? privateLink : ''}${inside.region.domain}` };
}

/** `eu9.coralogix.com` is no host of EU1, whose older domain is `coralogix.com`, but meant as a region of its own. */
const namesRegion = (before: string): boolean => /(^|\.)(us|eu|ap|gov)\d$/.test(before);

function nearestDomains(host: string): readonly string[] {
  const domains = regions.map(({ domain }) => domain);
  const names = regions.map(({ name }) => name.toLowerCase());
  return host.includes('.')
    ? nearest(host, domains)
    : nearest(host, names).map((name) => domains[names.indexOf(name)] ?? '');
}
