import { expect, test } from 'vitest';
import { regionOfDomain, regions } from '../../lib/coralogix/regions.ts';

test('every domain, current or legacy, leads to its region', () => {
  for (const region of regions) {
    expect(regionOfDomain(region.domain)).toBe(region);
    if (region.legacyDomain !== undefined) {
      expect(regionOfDomain(region.legacyDomain)).toBe(region);
    }
  }
});

test('no domain belongs to two regions', () => {
  const domains = regions.flatMap(({ domain, legacyDomain }) => [
    domain,
    ...(legacyDomain === undefined ? [] : [legacyDomain]),
  ]);
  expect(new Set(domains).size).toBe(domains.length);
});

test('a host below a domain is no domain', () => {
  expect(regionOfDomain('ingress.eu2.coralogix.com')).toBeUndefined();
  expect(regionOfDomain('EU2.coralogix.com')).toBeUndefined();
});
