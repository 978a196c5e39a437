import { readDomain } from '../../coralogix/domain.ts';
import { regions } from '../../coralogix/regions.ts';
import { oneOf } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import type { ConfigRule } from './rule.ts';

/** `ingress.` and `api.` are put before the domain, so it is the bare host name of a region. */
export const validDomain: ConfigRule = {
  id: 'valid-domain',
  *check({ system }) {
    const domain = system.at('coralogix', 'domain');
    const written = domain.text();
    const reading = written === undefined ? undefined : readDomain(written);
    if (written === undefined || reading === undefined || reading.status === 'valid') {
      return;
    }
    if (reading.status === 'repairable') {
      const { region, repaired } = reading;
      yield domain.finding(
        `coralogix.domain is the bare host name of a region (${region.name}), not ${quoted(written)}`,
        `write: ${repaired}`,
      );
      return;
    }
    const { near } = reading;
    yield domain.finding(
      `no Coralogix region has the domain ${quoted(written)}`,
      `write: ${oneOf(near.length > 0 ? near : regions.map((region) => region.domain))}`,
    );
  },
};
