import type { Service } from '../model/network/service.ts';
import type { Installation } from './installation.ts';
import type { InstalledChart } from './installed-charts.ts';
import { servicePorts } from './ports.ts';

/** The Service that a sub-chart makes; the agent's only when it is told to. */
export function chartService(
  { values }: InstalledChart,
  { name, namespace, selector }: Installation,
): Omit<Service, 'place'> | undefined {
  const told = values.at('service', 'enabled');
  const isOnEveryNode = values.mode === 'daemonset';
  const isOn = isOnEveryNode ? values.has('service', 'enabled') : told === undefined || told === null || told === true;
  if ((!isOn || values.has('collectorCRD', 'generate')) && !values.has('ingress', 'enabled')) {
    return undefined;
  }
  return {
    name,
    namespace,
    type: values.text('service', 'type') ?? 'ClusterIP',
    externalName: undefined,
    headless: values.text('service', 'clusterIP') === 'None',
    internalTrafficPolicy:
      values.text('service', 'internalTrafficPolicy') ?? (isOnEveryNode && told === true ? 'Local' : 'Cluster'),
    selector,
    ports: servicePorts(values),
  };
}
