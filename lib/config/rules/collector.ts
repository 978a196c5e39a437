import { collectorService } from '../../chart/names.ts';
import { readDomain } from '../../coralogix/domain.ts';
import { regions } from '../../coralogix/regions.ts';
import { samplingPolicyTypes } from '../../pipeline/sampling.ts';
import { didYouMean } from '../../text/did-you-mean.ts';
import { oneOf } from '../../text/list.ts';
import { quoted } from '../../text/quoted.ts';
import { collectorSchema } from '../schema/collector.ts';
import type { ConfigRule } from './rule.ts';

const reasons = {
  chart:
    `the chart's cluster collector has a Service ${collectorService.clusterCollector}, ` +
    'the name by which the services reach the agent on their own node',
  manifests: 'the agent works with the network and the files of its node, which no service may do',
};

/** The collector's names and rights are others than the application's. */
const noCollectorInApplicationNamespace: ConfigRule = {
  id: 'no-collector-in-application-namespace',
  *check({ system }) {
    const application = system.get('namespace');
    const collector = system.at('collector', 'namespace');
    const isDefault = collector.kind === 'absent';
    const namespace = isDefault ? collectorSchema.parse({}).namespace : collector.text();
    if (!collector.isSound || namespace === undefined || namespace !== application.text()) {
      return;
    }
    const reason = system.at('collector', 'delivery').text() === 'manifests' ? reasons.manifests : reasons.chart;
    const message = `the collector cannot be in the application's own namespace ${namespace}: ${reason}`;
    yield isDefault
      ? application.finding(`${message} (collector.namespace is ${namespace} by default)`, 'write: another namespace')
      : collector.finding(message, `write: ${namespace === 'coralogix' ? 'observability' : 'coralogix'}`);
  },
};

/** `ingress.` and `api.` are put before the domain, so it is the bare host name of a region. */
const validDomain: ConfigRule = {
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

/** Tail sampling drops a trace that no policy keeps. */
const requirePolicy: ConfigRule = {
  id: 'require-policy',
  *check({ system }) {
    const loadBalancing = system.at('collector', 'loadBalancing');
    const policies = loadBalancing.get('policies');
    const isOn = loadBalancing.get('enabled').text() !== 'false';
    if (policies.kind === 'list' && policies.items().length === 0 && isOn) {
      const message = 'without a policy the gateway drops every trace';
      yield policies.finding(message, 'remove the key, or write: [{ name: keep-all, type: always_sample }]');
    }
  },
};

/** A misspelt type keeps the gateway from starting; a type that is new to this list is left to the collector. */
const validPolicyType: ConfigRule = {
  id: 'valid-policy-type',
  *check({ system }) {
    for (const policy of system.at('collector', 'loadBalancing', 'policies').items()) {
      const type = policy.get('type');
      const written = type.text();
      const meant =
        written === undefined || samplingPolicyTypes.includes(written)
          ? undefined
          : didYouMean(written, samplingPolicyTypes);
      if (meant !== undefined) {
        yield type.finding(`the collector has no tail sampling policy of type ${written}`, `write: ${meant}`);
      }
    }
  },
};

export const collectorRules: readonly ConfigRule[] = [
  noCollectorInApplicationNamespace,
  requirePolicy,
  validDomain,
  validPolicyType,
];
