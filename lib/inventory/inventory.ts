import { connectorDimensions } from '../chart/effective-dimensions.ts';
import type { GrantedRole } from '../chart/permissions.ts';
import type { Collector, CollectorChart } from '../model/collector/collector.ts';
import type { Model } from '../model/model.ts';
import { parseEndpoint } from '../model/network/endpoint.ts';
import { selects } from '../model/network/selector.ts';
import type { Service } from '../model/network/service.ts';
import { rolesOf } from '../model/permissions.ts';
import { collectorWorkload } from '../model/spans/collector-container.ts';
import { receiversOf } from '../model/spans/sends-to.ts';
import type { Workload } from '../model/workload.ts';
import { componentType } from '../pipeline/component.ts';
import { type Dimension, dimensionsOf } from '../pipeline/dimensions.ts';
import { exportersOf } from '../pipeline/exporters.ts';
import type { Listener } from '../pipeline/listeners.ts';
import type { Pipeline } from '../pipeline/pipelines.ts';
import { spanMetricsConnectors } from '../pipeline/spans.ts';
import type { Place, Problem } from '../problems/problem.ts';
import { maskSecrets, maskTexts } from '../secrets/mask-secrets.ts';
import { mappingAt, textAt, valueAt } from '../yaml/value.ts';

/** A connector that counts spans, and the labels that it adds. */
export interface CountingConnector {
  readonly connector: string;
  readonly dimensions: readonly Pick<Dimension, 'name' | 'origin'>[];
}

/** An exporter by which data leave a collector. */
export interface UsedExporter {
  readonly id: string;
  /** Signals of the pipelines that use it. */
  readonly signals: readonly string[];
  /** Domain or address that it sends to; undefined where its settings name none. */
  readonly destination: string | undefined;
}

/** What one collector will do. */
export interface DescribedCollector {
  readonly title: string;
  readonly tier: Collector['tier'];
  /** What it was read from. */
  readonly source: 'values' | 'operator' | 'manifests';
  /** The chart that makes it; undefined where none is named. */
  readonly chart: CollectorChart | undefined;
  /** Kind and name of the workload. */
  readonly workload: string;
  readonly namespace: string | undefined;
  readonly onEveryNode: boolean;
  readonly isSidecar: boolean;
  readonly hostNetwork: boolean;
  /** Why nothing is known of its configuration; undefined where it was read. */
  readonly unread: string | undefined;
  readonly pipelines: readonly Pipeline[];
  readonly spanMetrics: readonly CountingConnector[];
  readonly listeners: readonly Listener[];
  /** Ports of the node that lead to it. */
  readonly hostPorts: readonly number[];
  readonly services: readonly Omit<Service, 'place' | 'selector' | 'externalName'>[];
  readonly exporters: readonly UsedExporter[];
  /** Collectors that get its traces. */
  readonly sendsTo: readonly string[];
  /** Undefined where no manifest has it: the pod of a sidecar decides. */
  readonly serviceAccount: string | undefined;
  /** Undefined where the operator may make more of them than any manifest shows. */
  readonly roles: readonly GrantedRole[] | undefined;
  readonly place: Place;
}

/** The collectors of a system. */
export interface Inventory {
  readonly collectors: readonly DescribedCollector[];
  /** Parts of the input that were not read. */
  readonly unread: readonly Problem[];
}

/** What each collector of a system will do. Secrets are masked. */
export const inventoryOf = (model: Model): Inventory => ({
  collectors: model.collectors.map((collector) =>
    maskTexts(described(model, collector), (text, name) => maskSecrets(text.replaceAll(credentials, '//'), name)),
  ),
  unread: [...model.problems, ...model.unread],
});

/** User and password of a URL. */
const credentials = /\/\/[^\s/@]+@/g;

function described(model: Model, collector: Collector): DescribedCollector {
  const { title, tier, onEveryNode, hostNetwork, unread, pipelines, listeners, hostPorts } = collector;
  const workload = collectorWorkload(model, collector);
  return {
    title,
    tier,
    source: sourceOf(collector, workload),
    chart: collector.chart,
    workload: workload?.title ?? `${collector.rendered?.kind} ${collector.rendered?.name}`,
    namespace: collector.namespace,
    onEveryNode,
    isSidecar: collector.isSidecar === true,
    hostNetwork,
    unread: unread && (unread.reason ?? unreadReasons[unread.kind]),
    pipelines: pipelines.all,
    spanMetrics: spanMetricsConnectors(pipelines.all).map((connector) => ({
      connector,
      dimensions: dimensionsAt(collector, connector).map(({ name, origin }) => ({ name, origin })),
    })),
    listeners,
    hostPorts,
    services: model.services
      .filter((service) => leadsTo(service, collector))
      .map(({ name, namespace, type, headless, internalTrafficPolicy, ports }) => ({
        name,
        namespace,
        type,
        headless,
        internalTrafficPolicy,
        ports: ports.map((port) => ({ name: port.name, port: port.port, targetPort: port.targetPort })),
      })),
    exporters: usedExporters(collector),
    sendsTo: [...receiversOf(model, collector)].map((receiver) => receiver.title),
    ...permissionsOf(model, workload, collector),
    place: collector.place(),
  };
}

const unreadReasons = {
  elsewhere: 'its command names a configuration that was not read',
  none: 'it has no configuration, and does not start',
} as const;

const sourceOf = ({ fromValues }: Collector, workload: Workload | undefined): DescribedCollector['source'] =>
  fromValues ? 'values' : workload?.kind === 'OpenTelemetryCollector' ? 'operator' : 'manifests';

const dimensionsAt = ({ rendered, config }: Collector, connector: string): readonly Dimension[] =>
  rendered === undefined
    ? dimensionsOf(valueAt(config, 'connectors', connector))
    : connectorDimensions(rendered, connector);

const leadsTo = ({ namespace, selector }: Service, collector: Collector): boolean =>
  (collector.namespace ?? namespace) === namespace && selects(selector, collector.labels);

function usedExporters({ config, pipelines }: Collector): UsedExporter[] {
  return exportersOf(pipelines, pipelines.all).map((id) => {
    const settings = mappingAt(config, 'exporters', id);
    const using = pipelines.all.filter(({ exporters }) => exporters.includes(id));
    return { id, signals: [...new Set(using.map(({ signal }) => signal))], destination: destinationOf(id, settings) };
  });
}

function destinationOf(id: string, settings: object): string | undefined {
  const at = (...path: string[]) => textAt({ settings }, 'settings', ...path);
  switch (componentType(id)) {
    case 'coralogix':
      return at('domain') ?? at('traces', 'endpoint');
    case 'loadbalancing':
      return at('resolver', 'dns', 'hostname') ?? at('resolver', 'k8s', 'service');
    default: {
      const endpoint = at('endpoint') ?? at('traces_endpoint');
      return endpoint === undefined ? undefined : parseEndpoint(endpoint).text;
    }
  }
}

function permissionsOf(
  model: Model,
  workload: Workload | undefined,
  { rendered, isSidecar = false }: Collector,
): Pick<DescribedCollector, 'serviceAccount' | 'roles'> {
  if (rendered !== undefined) {
    return { serviceAccount: rendered.serviceAccount, roles: rendered.roles };
  }
  // A sidecar has the account of the pod that it is in.
  if (workload === undefined || isSidecar) {
    return { serviceAccount: undefined, roles: undefined };
  }
  const account = textAt(workload.podTemplate, 'spec', 'serviceAccountName') ?? 'default';
  const roles = rolesOf(model, workload.namespace, account);
  const isKnown = roles.length > 0 || model.find('ServiceAccount', account, workload.namespace) !== undefined;
  return { serviceAccount: account, roles: isKnown ? roles : undefined };
}
