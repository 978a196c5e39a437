import { describe, expect, test } from 'vitest';
import { isCoralogixHost, readDomain, regionOf } from '../../lib/coralogix/domain.ts';
import { regions } from '../../lib/coralogix/regions.ts';

describe('a domain of Coralogix', () => {
  test.each(
    regions.flatMap(({ name, domain, legacyDomain }) => [domain, legacyDomain ?? domain].map((text) => [text, name])),
  )('%s is that of %s, with PrivateLink or without', (domain = '', name = '') => {
    expect(readDomain(domain)).toMatchObject({ status: 'valid', region: { name } });
    expect(readDomain(`private.${domain}`)).toMatchObject({ status: 'valid', region: { name } });
    expect(regionOf(`private.${domain}`)?.name).toBe(name);
  });

  test.each([
    ['https://eu2.coralogix.com', 'eu2.coralogix.com', 'EU2'],
    ['ftp+x://eu2.coralogix.com', 'eu2.coralogix.com', 'EU2'],
    ['//eu2.coralogix.com', 'eu2.coralogix.com', 'EU2'],
    ['eu2.coralogix.com/', 'eu2.coralogix.com', 'EU2'],
    ['eu2.coralogix.com:443', 'eu2.coralogix.com', 'EU2'],
    ['eu2.coralogix.com:', 'eu2.coralogix.com', 'EU2'],
    [' eu2.coralogix.com ', 'eu2.coralogix.com', 'EU2'],
    ['eu2.coralogix.com.', 'eu2.coralogix.com', 'EU2'],
    ['EU2.Coralogix.com', 'eu2.coralogix.com', 'EU2'],
    ['EU2', 'eu2.coralogix.com', 'EU2'],
    ['ingress.eu2.coralogix.com', 'eu2.coralogix.com', 'EU2'],
    ['https://ingress.eu2.coralogix.com:443/v1/traces?a=b', 'eu2.coralogix.com', 'EU2'],
    ['api.us2.coralogix.com', 'us2.coralogix.com', 'US2'],
    ['ng-api-grpc.ap3.coralogix.com:443', 'ap3.coralogix.com', 'AP3'],
    ['ingress.private.eu2.coralogix.com', 'private.eu2.coralogix.com', 'EU2'],
    ['https://ingress.private.us1.coralogix.com:443', 'private.us1.coralogix.com', 'US1'],
    ['PRIVATE.eu2.coralogix.com', 'private.eu2.coralogix.com', 'EU2'],
    ['https://my-team.app.eu2.coralogix.com/#/apm', 'eu2.coralogix.com', 'EU2'],
    ['my-team.coralogix.com', 'eu1.coralogix.com', 'EU1'],
    ['https://coralogix.com/#/settings', 'coralogix.com', 'EU1'],
    ['https://dashboard.eu2.coralogix.com', 'eu2.coralogix.com', 'EU2'],
    ['my-team.app.cx498.coralogix.com', 'us2.coralogix.com', 'US2'],
    ['my-team.app.coralogix.us', 'us1.coralogix.com', 'US1'],
    ['api.coralogix.in', 'ap1.coralogix.com', 'AP1'],
    ['https://coralogixsg.com', 'coralogixsg.com', 'AP2'],
    ['ingress.private.coralogix.in', 'private.ap1.coralogix.com', 'AP1'],
    ['my-team.app.gov1.coralogixgov.us', 'gov1.coralogixgov.us', 'GOV1'],
  ])('is meant by %s: %s', (written, repaired, name) => {
    expect(readDomain(written)).toMatchObject({ status: 'repairable', repaired, region: { name } });
    expect(readDomain(repaired)).toMatchObject({ status: 'valid', region: { name } });
  });

  test.each([
    ['eu9.coralogix.com', true, ['eu1.coralogix.com', 'eu2.coralogix.com']],
    ['ingress.private.eu9.coralogix.com', true, []],
    ['eu2.corallogix.com', true, ['eu2.coralogix.com']],
    ['eu2.coralogix.com.corp.internal', true, []],
    ['telemetry.corp.internal', false, []],
    ['eu9', false, ['eu1.coralogix.com', 'eu2.coralogix.com']],
  ])('is not %s', (written, isCoralogix, near) => {
    expect(readDomain(written)).toMatchObject({ status: 'unknown', isCoralogix, near });
  });

  test.each([
    ['https://telemetry.corp.internal:443/otlp', 'telemetry.corp.internal'],
    ['ftp+x', undefined],
    ['a b.coralogix', undefined],
    ['', undefined],
  ])('leaves of %j the host name alone', (written, host) => {
    expect(readDomain(written)).toMatchObject({ status: 'unknown', host });
  });
});

test.each([
  ['ingress.eu9.coralogix.com', true],
  ['coralogix.us', true],
  ['coralogix.svc', false],
  ['coralogix-opentelemetry.coralogix', false],
])('whether %s is a host of Coralogix: %s', (host, expected) => {
  expect(isCoralogixHost(host)).toBe(expected);
});
