import type { GrantedRole } from '../chart/permissions.ts';
import { groupBy } from '../group-by.ts';
import type { DimensionOrigin } from '../pipeline/dimensions.ts';
import { visible } from '../text/visible.ts';
import { wrapped } from '../text/wrapped.ts';
import type { CountingConnector, DescribedCollector, Inventory } from './inventory.ts';

/** The inventory for people. */
export function inventoryText({ collectors, unread }: Inventory): string {
  const notes = unread.flatMap(({ message, place }) =>
    wrapped('Note: ', place === undefined ? message : `${message} (${place.file}:${place.line})`),
  );
  const described = collectors.flatMap((collector) => [...collectorLines(collector), '']);
  const lines = collectors.length === 0 ? ['no collector was read', ''] : described;
  return [...lines, ...notes, ...(notes.length === 0 ? [] : [''])].join('\n').replace(/\n{2,}$/, '\n');
}

function collectorLines(collector: DescribedCollector): string[] {
  const { title, workload, place, unread, pipelines, chart } = collector;
  const where = [
    ...(title === workload ? [] : [workload]),
    `namespace ${collector.namespace ?? 'of the release'}`,
    ...(collector.onEveryNode ? ['on every node'] : []),
    ...(collector.isSidecar ? ['in the pods that ask for it'] : []),
    ...(collector.hostNetwork ? ["on the node's network"] : []),
  ].join(', ');
  return [
    ...wrapped('', `${title} (${where}; ${visible(place.file)}:${place.line})`),
    ...(chart === undefined
      ? []
      : wrapped('  chart: ', `${chart.name} ${chart.version}${chart.isAssumed ? ', which is assumed' : ''}`)),
    ...(unread === undefined ? [] : wrapped('  not known: ', unread)),
    ...pipelines.flatMap(({ id, receivers, processors, exporters }) =>
      wrapped(
        `  ${visible(id)}: `,
        [receivers, processors, exporters]
          .filter((part, index) => index !== 1 || part.length > 0)
          .map((part) => part.join(' ') || 'nothing')
          .join(' → '),
      ),
    ),
    ...collector.spanMetrics.flatMap(dimensionLines),
    ...listLines(
      'listens on',
      collector.listeners.map(({ receiver, protocol, host, port }) => `${host}:${port} (${protocol}, ${receiver})`),
    ),
    ...listLines('ports of its node', collector.hostPorts.map(String)),
    ...listLines('Services', collector.services.map(serviceText)),
    ...listLines(
      'exports',
      collector.exporters.map(
        ({ id, signals, destination }) =>
          `${signals.join(' and ')} by ${id}${destination === undefined ? '' : ` to ${destination}`}`,
      ),
    ),
    ...listLines('sends traces on to', collector.sendsTo),
    ...permissionLines(collector),
  ];
}

const origins: Readonly<Record<DimensionOrigin, string>> = {
  'chart-default': 'of the chart',
  values: 'of the values',
  'error-tracking': 'of errorTracking',
  'service-version': 'of serviceVersion',
  'database-metrics': 'of dbMetrics',
  'connector-config': 'of the configuration',
};

function dimensionLines({ connector, dimensions }: CountingConnector): string[] {
  const byOrigin = [...groupBy(dimensions, ({ origin }) => origin).values()].map(
    (group) => `${group.map(({ name }) => name).join(', ')} (${origins[group[0].origin]})`,
  );
  return wrapped(
    `  dimensions of ${visible(connector)}: `,
    byOrigin.length === 0 ? 'none beside those of every series' : byOrigin.join('; '),
  );
}

const listLines = (label: string, entries: readonly string[]): string[] =>
  entries.length === 0 ? [] : wrapped(`  ${label}: `, entries.join('; '));

function serviceText({
  name,
  namespace,
  headless,
  internalTrafficPolicy,
  ports,
}: DescribedCollector['services'][number]): string {
  const kind = headless ? 'headless' : internalTrafficPolicy;
  return `${name}.${namespace} (${kind}): ${ports.map(({ port }) => port).join(', ') || 'no port'}`;
}

function permissionLines({ serviceAccount, roles, source, isSidecar }: DescribedCollector): string[] {
  if (serviceAccount === undefined) {
    return wrapped('  permissions: ', isSidecar ? 'those of the pod that it is in' : 'not known');
  }
  if (roles === undefined) {
    const maker = source === 'operator' ? 'the operator may make them' : 'no manifest that was read shows them';
    return wrapped('  permissions: ', `of ServiceAccount ${serviceAccount}: ${maker}`);
  }
  const granted = roles.map(roleText);
  return wrapped(
    '  permissions: ',
    `of ServiceAccount ${serviceAccount}: ${granted.length === 0 ? 'none' : granted.join('; ')}`,
  );
}

function roleText({ title, namespace, rules }: GrantedRole): string {
  const where = namespace === undefined ? '' : ` in namespace ${namespace}`;
  const what =
    rules === undefined
      ? 'was not read'
      : rules.map(({ resources, verbs }) => `${verbs.join(', ')} ${resources.join(', ')}`).join('; ') || 'nothing';
  return `${title}${where}: ${what}`;
}
