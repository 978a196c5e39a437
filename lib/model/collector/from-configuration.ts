import { dimensionsOf } from '../../pipeline/dimensions.ts';
import { type Listener, listenersOf, withListeners } from '../../pipeline/listeners.ts';
import { Pipelines } from '../../pipeline/pipelines.ts';
import { mainSpanMetricsConnector } from '../../pipeline/spans.ts';
import type { SourceDocument } from '../../yaml/source-document.ts';
import { isMapping, listAt, type Mapping, numberAt, textAt, valueAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Workload } from '../workload.ts';
import type { Collector, UnreadConfiguration } from './collector.ts';
import { isPlaceholder, suppliedBySupervisor } from './placeholder.ts';
import { tierOf } from './tier.ts';

/** A collector's configuration that was found in a ConfigMap, and the workload that mounts it. */
export interface FoundConfiguration {
  readonly configMap: Manifest;
  readonly document: SourceDocument;
  readonly config: Mapping;
  readonly workload: Workload;
  /**
   * Why the configuration is not the whole one.
   *
   * @default - it is
   */
  readonly open?: UnreadConfiguration;
}

/** The collector that a workload runs. */
export function collectorFromConfiguration({ document, config: found, workload, open }: FoundConfiguration): Collector {
  const config = open === undefined ? found : {};
  const { pipelines, listeners, dimensions } = partsOf(config);
  const unread = open ?? (isPlaceholder(pipelines) ? suppliedElsewhere(document) : undefined);
  return {
    title: workload.title,
    tier: tierOf(workload.kind === 'DaemonSet', partsOf(found).pipelines),
    namespace: workload.namespace,
    fromValues: false,
    ...chartOf(workload),
    onEveryNode: workload.kind === 'DaemonSet',
    hostNetwork: workload.hostNetwork,
    hostPorts: hostPortsOf(workload, listeners),
    namedPorts: namedPortsOf(workload),
    labels: workload.labels,
    config,
    ...(unread === undefined ? {} : { unread }),
    pipelines,
    listeners,
    dimensions,
    place: (path) => document.place(path),
  };
}

const suppliedElsewhere = (document: SourceDocument): UnreadConfiguration => ({
  kind: 'elsewhere',
  reason: suppliedBySupervisor,
  place: document.place(['service', 'pipelines'], 'key'),
});

/** The chart that a rendered workload names in its label. */
function chartOf({ manifest }: Workload): Pick<Collector, 'chart'> {
  const label = textAt(manifest.value, 'metadata', 'labels', 'helm.sh/chart') ?? '';
  const [, name, version] = /^(.+?)-(\d+\.\d+\.\d+.*)$/.exec(label) ?? [];
  return name === undefined || version === undefined ? {} : { chart: { name, version, isAssumed: false } };
}

/** A collector of which only the configuration is there: what runs it, and where, is in no file. */
export function collectorFromFile(document: SourceDocument): Collector[] {
  const { value: config, file } = document;
  if (!isMapping(config)) {
    return [];
  }
  const { pipelines, listeners, dimensions } = partsOf(config);
  return [
    {
      title: `the collector of ${file}`,
      tier: tierOf(false, pipelines),
      namespace: undefined,
      fromValues: false,
      onEveryNode: false,
      hostNetwork: false,
      hostPorts: [],
      labels: {},
      config,
      pipelines,
      listeners,
      dimensions,
      place: (path) => document.place(path ?? []),
    },
  ];
}

/** Many workloads may mount one configuration. */
const known = new WeakMap<Mapping, Pick<Collector, 'pipelines' | 'listeners' | 'dimensions'>>();

/** What follows from a configuration alone. */
export function partsOf(config: Mapping): Pick<Collector, 'pipelines' | 'listeners' | 'dimensions'> {
  const parts = known.get(config) ?? readParts(config);
  known.set(config, parts);
  return parts;
}

function readParts(config: Mapping) {
  const pipelines = new Pipelines(config);
  const connector = mainSpanMetricsConnector(pipelines.all);
  const dimensions = connector === undefined ? [] : dimensionsOf(valueAt(config, 'connectors', connector));
  return { pipelines, listeners: listenersOf(pipelines), dimensions };
}

function hostPortsOf({ containers, hostNetwork }: Workload, listeners: readonly Listener[]): number[] {
  const named = containers.flatMap(({ value }) =>
    listAt(value, 'ports').flatMap(
      (port) => numberAt(port, 'hostPort') ?? (hostNetwork ? (numberAt(port, 'containerPort') ?? []) : []),
    ),
  );
  return withListeners(named, hostNetwork, listeners);
}

const namedPortsOf = ({ podTemplate }: Workload): ReadonlyMap<string, number> =>
  new Map(
    ['initContainers', 'containers'].flatMap((list) =>
      listAt(podTemplate, 'spec', list).flatMap((container) =>
        listAt(container, 'ports').flatMap((port): [string, number][] => {
          const name = textAt(port, 'name');
          const number = numberAt(port, 'containerPort');
          return name === undefined || number === undefined ? [] : [[name, number]];
        }),
      ),
    ),
  );

/** Whether a value has the shape of a collector's configuration. */
export const isCollectorConfiguration = (value: unknown): boolean =>
  valueAt(value, 'receivers') !== undefined && valueAt(value, 'service', 'pipelines') !== undefined;
