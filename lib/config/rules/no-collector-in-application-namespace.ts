import { collectorService } from '../../collector/names.ts';
import { collectorSchema } from '../schema/collector.ts';
import type { Rule } from './rule.ts';

/** In one namespace two Services of one name cannot be. */
export const noCollectorInApplicationNamespace: Rule = {
  id: 'no-collector-in-application-namespace',
  *check({ system }) {
    const application = system.get('namespace');
    const collector = system.at('collector', 'namespace');
    const namespace = collector.kind === 'absent' ? collectorSchema.parse({}).namespace : collector.text();
    if (!collector.isSound || namespace === undefined || namespace !== application.text()) {
      return;
    }
    const message =
      `the collector cannot be in the application's own namespace ${namespace}: the chart's cluster collector has a Service ` +
      `${collectorService.clusterCollector}, the name by which the services reach the agent on their own node`;
    yield collector.kind === 'absent'
      ? application.finding(`${message} (collector.namespace is ${namespace} by default)`, 'write: another namespace')
      : collector.finding(message, `write: ${namespace === 'coralogix' ? 'observability' : 'coralogix'}`);
  },
};
