import { otelIntegrationChart } from '../../chart/names.ts';
import type { Place } from '../../problems/problem.ts';
import { countAt, listAt, type Path, textAt, textListAt, textsAt } from '../../yaml/value.ts';
import type { Manifest } from '../manifest.ts';
import type { Model } from '../model.ts';
import { collectorWorkload, isCollectorContainer } from '../spans/collector-container.ts';
import { memoized } from '../spans/memoized.ts';
import { receiversOf } from '../spans/sends-to.ts';
import { installedBy } from '../values/integration-values.ts';
import type { Container, Workload } from '../workload.ts';
import type { Collector } from './collector.ts';

/** How a collector is run: what stands around its configuration. */
export interface CollectorRuntime {
  /** Arguments of its command. */
  readonly args: readonly { readonly text: string; readonly place: Place }[];
  /** Its version, as `[0, 155]`; undefined where it is not known. */
  readonly version: readonly [number, number] | undefined;
  /** The most memory that its container may take, in MiB. */
  readonly memory: { readonly mib: number; readonly text: string; readonly place: Place } | undefined;
  /** Whether the Go runtime knows the limit. */
  readonly hasGoMemoryLimit: boolean;
  /** Pods that do the same work; 1 where each has a node of its own. */
  readonly replicas: number;
  /** Where the number stands. */
  readonly replicasPlace: Place;
}

/** Undefined where nothing of it was read. */
export function collectorRuntime(model: Model, collector: Collector): CollectorRuntime | undefined {
  const workload = collectorWorkload(model, collector);
  return workload === undefined ? ofValues(model, collector) : ofWorkload(model, collector, workload);
}

function ofWorkload(model: Model, collector: Collector, workload: Workload): CollectorRuntime | undefined {
  const container = workload.containers.find((each) => isCollectorContainer(model, workload, each));
  if (container === undefined) {
    return undefined;
  }
  const at = (...path: Path) => workload.manifest.place([...container.path, ...path]);
  const scaled = autoscalers(model).get([workload.namespace, workload.kind, workload.name].join('\n'));
  const largest = countAt(scaled?.value, 'spec', 'maxReplicas');
  return {
    args: [
      ...['command', 'args'].flatMap((key) =>
        listAt(container.value, key).flatMap((entry, index) => {
          const text = textAt(entry);
          return text === undefined ? [] : [{ text, place: at(key, index) }];
        }),
      ),
      // An OpenTelemetryCollector of the operator has a mapping.
      ...Object.entries(textsAt(container.value, 'args')).map(([name, value]) => ({
        text: `--${name}=${value}`,
        place: at('args', name),
      })),
    ],
    version: versionIn(textAt(container.value, 'image')),
    memory: memoryOf(container, at),
    hasGoMemoryLimit: model.environment(workload, container).has('GOMEMLIMIT'),
    replicas: collector.onEveryNode ? 1 : Math.max(workload.replicas, largest ?? 1),
    replicasPlace:
      scaled !== undefined && (largest ?? 1) > workload.replicas
        ? scaled.place(['spec', 'maxReplicas'])
        : workload.manifest.place(['spec', 'replicas']),
  };
}

/** Autoscalers by what they scale. */
const autoscalers = memoized(
  ({ manifests }): ReadonlyMap<string, Manifest> =>
    new Map(
      manifests
        .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
        .map((manifest) => {
          const target = ['kind', 'name'].map((key) => textAt(manifest.value, 'spec', 'scaleTargetRef', key) ?? '');
          return [[manifest.namespace ?? 'default', ...target].join('\n'), manifest] as const;
        }),
    ),
);

/** Collectors that hand their traces to another one. */
export const sendingCollectors = (model: Model, collector: Collector): readonly Collector[] =>
  (senders(model).get(collector) ?? []).filter((sender) => sender !== collector);

const senders = memoized((model): ReadonlyMap<Collector, readonly Collector[]> => {
  const found = new Map<Collector, Collector[]>();
  for (const sender of model.collectors) {
    for (const receiver of receiversOf(model, sender)) {
      const known = found.get(receiver) ?? [];
      known.push(sender);
      found.set(receiver, known);
    }
  }
  return found;
});

function memoryOf({ value }: Container, at: (...path: Path) => Place): CollectorRuntime['memory'] {
  const path = ['resources', 'limits', 'memory'];
  const text = textAt(value, ...path);
  const mib = text === undefined ? undefined : mebibytes(text);
  return text === undefined || mib === undefined ? undefined : { mib, text, place: at(...path) };
}

function ofValues(model: Model, collector: Collector): CollectorRuntime | undefined {
  const installed = installedBy(model).get(collector);
  if (installed === undefined) {
    return undefined;
  }
  const { document, path, values } = installed;
  const at = (...rest: Path) => document.place([...path, ...rest]);
  const limit = values.text('resources', 'limits', 'memory');
  const mib = limit === undefined ? undefined : mebibytes(limit);
  const isScaled = values.has('autoscaling', 'enabled');
  const replicas = isScaled ? ['autoscaling', 'maxReplicas'] : ['replicaCount'];
  const tag = values.text('image', 'tag');
  return {
    args: textListAt({ list: values.list('command', 'extraArgs') }, 'list').map((text, index) => ({
      text,
      place: at('command', 'extraArgs', index),
    })),
    version: versionIn(tag === undefined ? `:${otelIntegrationChart.appVersion}` : `:${tag}`),
    memory:
      limit === undefined || mib === undefined
        ? undefined
        : { mib, text: limit, place: at('resources', 'limits', 'memory') },
    hasGoMemoryLimit: values.has('useGOMEMLIMIT'),
    replicas: collector.onEveryNode ? 1 : Number(values.at(...replicas) ?? 1) || 1,
    replicasPlace: at(...replicas),
  };
}

/** A version in the tag of an image that is the collector's. */
function versionIn(image = ''): readonly [number, number] | undefined {
  const [, major, minor] = /:v?(0|1)\.(\d+)\.\d+/.exec(image) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

/** Whether a version is known to be older than another. */
export const isOlderThan = ({ version }: Pick<CollectorRuntime, 'version'>, minor: number): boolean =>
  version !== undefined && version[0] === 0 && version[1] < minor;

const units: Readonly<Record<string, number>> = {
  '': 1 / 1024 ** 2,
  k: 1e3 / 1024 ** 2,
  M: 1e6 / 1024 ** 2,
  G: 1e9 / 1024 ** 2,
  Ki: 1 / 1024,
  Mi: 1,
  Gi: 1024,
  Ti: 1024 ** 2,
};

/** A quantity of memory of Kubernetes in MiB. */
export function mebibytes(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text.trim()) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
