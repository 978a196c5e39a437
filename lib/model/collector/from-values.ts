import type { RenderedCollector } from '../../chart/chart.ts';
import { connectorDimensions } from '../../chart/effective-dimensions.ts';
import type { RenderedService } from '../../chart/services.ts';
import { isTrue } from '../../chart/template.ts';
import { ValuesPlace } from '../../chart/values-place.ts';
import { firstKnownVersion, knowledgeOf, knownVersion } from '../../chart/versions.ts';
import { listenersOf, withListeners } from '../../pipeline/listeners.ts';
import { Pipelines } from '../../pipeline/pipelines.ts';
import { mainSpanMetricsConnector } from '../../pipeline/spans.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { listAt, type Mapping, valueAt } from '../../yaml/value.ts';
import type { Service } from '../network/service.ts';
import { operatorLabels } from '../operator/collector-pods.ts';
import { operatorServices } from '../operator/collector-services.ts';
import type { ValuesDocument } from '../values/values-document.ts';
import type { Collector, UnreadConfiguration } from './collector.ts';
import { withDefaultEndpoints } from './from-operator.ts';
import { isPlaceholder, suppliedBySupervisor } from './placeholder.ts';
import { tierOf } from './tier.ts';

/** The collectors that helm makes of values, as far as the chart is known. */
export const collectorsFromValues = (values: ValuesDocument): Collector[] =>
  values.rendering.collectors.map((rendered) =>
    collectorOf(values, unknownReason(values) === undefined ? rendered : unknownOf(rendered)),
  );

/** Its names are known, and what it is configured to do and may do is not. */
const unknownOf = (rendered: RenderedCollector): RenderedCollector => ({
  ...rendered,
  configuration: undefined,
  roles: undefined,
});

/** The Services that helm makes of values, and those that the operator makes of what helm makes. */
export const servicesFromValues = ({ document, rendering }: ValuesDocument): Service[] => [
  ...rendering.services.map((service) => serviceOf(document, service)),
  ...rendering.collectors.filter(isManaged).flatMap((rendered) => servicesOfOperator(document, rendered)),
];

const isManaged = ({ kind }: RenderedCollector): boolean => kind === 'OpenTelemetryCollector';

const servicesOfOperator = (document: SourceDocument, rendered: RenderedCollector): Service[] =>
  operatorServices({
    name: rendered.name,
    namespace: rendered.namespace,
    onEveryNode: rendered.onEveryNode,
    listeners: listenersOf(new Pipelines(configOf(rendered))),
    ports: rendered.ports.flatMap(({ name, containerPort }) =>
      containerPort === undefined ? [] : [{ name, port: containerPort, targetPort: `${containerPort}` }],
    ),
    place: () => document.place([...rendered.path, 'collectorCRD'], 'key'),
  });

const configOf = (rendered: RenderedCollector): Mapping =>
  isManaged(rendered) ? withDefaultEndpoints(rendered.configuration ?? {}) : (rendered.configuration ?? {});

function collectorOf(values: ValuesDocument, rendered: RenderedCollector): Collector {
  const { document, title, root } = values;
  const reason = unknownReason(values);
  const { chart, path, draft, hostNetwork } = rendered;
  const config = configOf(rendered);
  const pipelines = new Pipelines(config);
  const listeners = listenersOf(pipelines);
  const connector = mainSpanMetricsConnector(pipelines.all);
  const place = new ValuesPlace(document, path, draft);
  const { onEveryNode } = rendered;
  const ports = rendered.ports.flatMap(
    ({ hostPort, containerPort }) => hostPort ?? (hostNetwork && !isManaged(rendered) ? (containerPort ?? []) : []),
  );
  const unread =
    reason !== undefined
      ? ({ kind: 'elsewhere', place: document.place(root), reason } as const)
      : unreadConfiguration(document, rendered, pipelines);
  return {
    title: `the ${chart.title} of ${title}`,
    tier: chart.role ?? tierOf(onEveryNode, pipelines),
    namespace: rendered.namespace,
    fromValues: true,
    rendered,
    // Of the chart of OpenTelemetry no version is known that could be assumed.
    ...(values.publisher === 'opentelemetry' && values.version.isAssumed
      ? {}
      : { chart: { name: values.chart, ...values.version } }),
    onEveryNode,
    hostNetwork,
    hostPorts: withListeners(ports, hostNetwork, listeners),
    labels: isManaged(rendered) ? operatorLabels(rendered.name, rendered.namespace) : rendered.labels,
    config,
    ...(unread === undefined ? {} : { unread }),
    pipelines,
    listeners,
    dimensions: connector === undefined ? [] : connectorDimensions(rendered, connector),
    place: (wanted = []) => place.of(wanted),
  };
}

/** Why nothing is known of the configurations that helm makes of values; undefined where they are known. */
function unknownReason({ chart, publisher, version, missing, renderedBy }: ValuesDocument): string | undefined {
  if (missing !== undefined) {
    return `its values are not read in full: ${missing}`;
  }
  if (renderedBy.kind === 'helm' && !renderedBy.isRefused) {
    return undefined;
  }
  if (publisher === 'opentelemetry') {
    return 'its chart is the one of OpenTelemetry, whose templates are not known';
  }
  return knowledgeOf(chart, version.version) === 'older'
    ? `its chart ${chart} ${version.version} makes other pipelines than ${firstKnownVersion[chart]} to ${knownVersion[chart]}, which are known`
    : undefined;
}

/** Without its ConfigMap the chart gives the collector no configuration: only its command or a supervisor can name one. */
function unreadConfiguration(
  document: SourceDocument,
  { path, values, configuration }: RenderedCollector,
  pipelines: Pipelines,
): UnreadConfiguration | undefined {
  const names = (argument: unknown) => typeof argument === 'string' && /^--?config\b/.test(argument);
  const supervisor = ['presets', 'fleetManagement', 'supervisor', 'enabled'];
  const isSupervised = isTrue(valueAt(values.all, ...supervisor));
  if (configuration !== undefined) {
    return isPlaceholder(pipelines)
      ? { kind: 'elsewhere', reason: suppliedBySupervisor, place: document.place([...path, ...supervisor]) }
      : undefined;
  }
  const isNamed = !isSupervised && listAt(values.all, 'command', 'extraArgs').some(names);
  const isOther = isTrue(valueAt(values.all, 'command', 'name'));
  return isNamed || isOther
    ? {
        kind: 'elsewhere',
        reason: 'its command names a configuration that was not read',
        place: document.place([...path, 'command', isNamed ? 'extraArgs' : 'name']),
      }
    : {
        kind: 'none',
        reason: 'configMap.create is off and its command names no configuration',
        place: document.place([...path, 'configMap', 'create']),
      };
}

const serviceOf = (document: SourceDocument, { path, ports, ...service }: RenderedService): Service => ({
  ...service,
  externalName: undefined,
  ports: ports.flatMap(({ name, port, targetPort, nodePort }) =>
    port === undefined
      ? []
      : [{ name, port, targetPort: String(targetPort ?? port), ...(nodePort === undefined ? {} : { nodePort }) }],
  ),
  place: () => document.place(path, 'key'),
});
