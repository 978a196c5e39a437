import { collectorService } from '../../chart/names.ts';
import { collectorSchema } from '../schema/collector.ts';
import type { ConfigRule } from './rule.ts';

const reasons = {
  chart:
    `the chart's cluster collector has a Service ${collectorService.clusterCollector}, ` +
    'the name by which the services reach the agent on their own node',
  manifests: 'the agent works with the network and the files of its node, which no service may do',
};

/** The collector's names and rights are others than the application's. */
export const noCollectorInApplicationNamespace: ConfigRule = {
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
