import { readDomain } from '../../coralogix/domain.ts';
import type { Model } from '../../model/model.ts';
import { componentType } from '../../pipeline/component.ts';
import { mappingAt, textAt } from '../../yaml/value.ts';

/** Where queries go. */
export interface ApiHost {
  /** Without a slash at its end. */
  readonly url: string;
  /** E.g. `EU2`; undefined for a host of one's own. */
  readonly region: string | undefined;
}

/** The host of a region's interface for queries. */
export function apiHostOfDomain(domain: string): ApiHost | undefined {
  const reading = readDomain(domain);
  if (reading.status !== 'valid') {
    return undefined;
  }
  // One legacy domain has its interface under another name.
  const host = domain === 'coralogix.in' ? 'api.app.coralogix.in' : `api.${domain.replace(/^private\./, '')}`;
  return { url: `https://${host}`, region: reading.region.name };
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** A host as it was written; undefined where it is no address that a key may be sent to. */
export function apiHostOf(written: string): ApiHost | undefined {
  const text = /^https?:\/\//.test(written) ? written : `https://${written}`;
  if (!URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const isSafe = (url.protocol === 'https:' || loopback.test(url.hostname)) && url.username === '';
  return isSafe
    ? { url: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`, region: undefined }
    : undefined;
}

/** Domains that the exporters of the collectors send to. */
export const exportDomains = ({ collectors }: Pick<Model, 'collectors'>): string[] => [
  ...new Set(
    collectors.flatMap(({ config }) =>
      Object.entries(mappingAt(config, 'exporters')).flatMap(([id, settings]) => domainOf(id, settings) ?? []),
    ),
  ),
];

function domainOf(id: string, settings: unknown): string | undefined {
  const written =
    componentType(id) === 'coralogix'
      ? textAt(settings, 'domain')
      : /^(?:https?:\/\/)?ingress\.(?:private\.)?([^:/]+)/.exec(textAt(settings, 'endpoint') ?? '')?.[1];
  return written !== undefined && readDomain(written).status === 'valid' ? written : undefined;
}
