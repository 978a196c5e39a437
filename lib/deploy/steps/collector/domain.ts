import { regionOf } from '../../../coralogix/domain.ts';
import { regions } from '../../../coralogix/regions.ts';
import type { Check } from '../../preflight/check.ts';
import { runs } from '../../preflight/scope.ts';

/** The domain is one that Coralogix has: what is sent elsewhere is lost without a word. */
export const domainCheck: Check = {
  name: 'the domain of Coralogix',
  needs: [],
  isNeeded: (scope) => runs(scope, 'collector', 'operator', 'apply'),
  async look({ scope, context }) {
    const { domain } = scope.config.coralogix;
    return regionOf(domain) === undefined
      ? {
          problems: [
            {
              code: 'deploy/unknown-domain',
              message: `no region of Coralogix has the domain ${domain}`,
              suggestion: `write in ${context.configFile} as coralogix.domain one of ${regions.map((region) => region.domain).join(', ')}`,
            },
          ],
        }
      : {};
  },
};
