/** A Coralogix region, where spans are sent and queried. */
export interface Region {
  /** E.g. `EU2`. */
  readonly name: string;
  /** Bare host name that `ingress.` and `api.` stand before. */
  readonly domain: string;
  /**
   * Older name of the same domain, still served.
   *
   * @default - the region never had another
   */
  readonly legacyDomain?: string;
}

/** @see https://coralogix.com/docs/user-guides/account-management/account-settings/coralogix-domain/ */
export const regions: readonly Region[] = [
  { name: 'US1', domain: 'us1.coralogix.com', legacyDomain: 'coralogix.us' },
  { name: 'US2', domain: 'us2.coralogix.com', legacyDomain: 'cx498.coralogix.com' },
  { name: 'US3', domain: 'us3.coralogix.com' },
  { name: 'EU1', domain: 'eu1.coralogix.com', legacyDomain: 'coralogix.com' },
  { name: 'EU2', domain: 'eu2.coralogix.com' },
  { name: 'AP1', domain: 'ap1.coralogix.com', legacyDomain: 'coralogix.in' },
  { name: 'AP2', domain: 'ap2.coralogix.com', legacyDomain: 'coralogixsg.com' },
  { name: 'AP3', domain: 'ap3.coralogix.com' },
  { name: 'GOV1', domain: 'gov1.coralogixgov.us' },
];

/** The region that exactly this domain, current or legacy, belongs to. */
export const regionOfDomain = (domain: string): Region | undefined =>
  regions.find((region) => region.domain === domain || region.legacyDomain === domain);
