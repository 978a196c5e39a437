import { expect, test } from 'vitest';
import type { SystemConfig } from '../../../../lib/config/schema/system.ts';
import { domainCheck } from '../../../../lib/deploy/steps/collector/configuration-checks.ts';
import { codes } from '../../preflight/answers.ts';

test('a domain of Coralogix is fine', async () => {
  expect(await codes(domainCheck)).toEqual([]);
});

test('any other is not', async () => {
  const change = (config: SystemConfig) => ({
    ...config,
    coralogix: { ...config.coralogix, domain: 'eu9.coralogix.com' },
  });
  expect(await codes(domainCheck, { change })).toEqual(['deploy/unknown-domain']);
});
