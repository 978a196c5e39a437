import type { SystemConfig } from '../config/schema/system.ts';
import type { Model } from '../model/model.ts';
import { PodhostError } from '../problems/podhost-error.ts';
import { type ApiHost, apiHostOf, apiHostOfDomain, exportDomains } from '../verify/coralogix/api-host.ts';
import { CoralogixClient, type QueryBudget } from '../verify/coralogix/coralogix-client.ts';
import type { Reading } from '../verify/reading.ts';

export interface CoralogixOfProps {
  readonly model: Model;
  readonly config: SystemConfig | undefined;
  /** As it was written on the command line. */
  readonly apiHost: string | undefined;
  readonly signal: AbortSignal;
  readonly budget: QueryBudget;
}

/** Variables of the environment that may hold a key for queries, the first that is set counts. */
const keyVariables = ['CORALOGIX_API_KEY', 'CX_API_KEY'] as const;

/** The key for queries; undefined where no variable has one. */
export const keyOfEnvironment = (): string | undefined =>
  keyVariables.map((name) => process.env[name]?.trim() ?? '').find((value) => value !== '');

/**
 * Whom to query, with the key of the environment.
 *
 * @throws PodhostError when the host is no address that a key may be sent to
 */
export function coralogixOf({ model, config, apiHost, signal, budget }: CoralogixOfProps): Reading<CoralogixClient> {
  const domains = config === undefined ? exportDomains(model) : [config.coralogix.domain];
  const host = apiHost === undefined ? hostOfDomains(domains) : writtenHost(apiHost);
  if ('unread' in host) {
    return host;
  }
  const key = keyOfEnvironment();
  if (key === undefined) {
    return {
      unread: `there is no key: neither ${keyVariables.join(' nor ')} is set`,
      remedy: 'set CORALOGIX_API_KEY to a key with the preset DataQuerying, or leave Coralogix out by --no-coralogix',
    };
  }
  if (/[^\u0021-\u007e]/.test(key)) {
    return { unread: 'the key has characters that no key has', remedy: 'set CORALOGIX_API_KEY to the key alone' };
  }
  const hints = [
    ...(key.startsWith('cxtp_') ? ['it looks like a Send-Your-Data key, which may not query'] : []),
    ...(domains.length > 0 ? [`the collectors send to ${domains.join(', ')}`] : []),
  ];
  return { value: new CoralogixClient({ url: host.value.url, key, hints, budget, signal }) };
}

function writtenHost(written: string): Reading<ApiHost> {
  const host = apiHostOf(written);
  if (host === undefined) {
    throw new PodhostError([
      {
        code: 'verify/api-host',
        message: `${written} is no host that a key may be sent to`,
        suggestion: 'write: --api-host api.eu2.coralogix.com',
      },
    ]);
  }
  return { value: host };
}

function hostOfDomains(domains: readonly string[]): Reading<ApiHost> {
  const hosts = domains.map(apiHostOfDomain);
  const [host] = hosts;
  const remedy = 'name it by --api-host, or the configuration by --config';
  if (hosts.length > 1) {
    return { unread: `the collectors send to several regions: ${domains.join(', ')}`, remedy };
  }
  return host === undefined
    ? { unread: 'no exporter names the domain of a Coralogix region', remedy }
    : { value: host };
}
