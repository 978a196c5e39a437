import { goPattern } from '../../pipeline/go-pattern.ts';
import { rememberedPair } from '../../remembered-pair.ts';
import { listAt, type Mapping, textAt } from '../../yaml/value.ts';
import type { Collector } from '../collector/collector.ts';
import type { Workload } from '../workload.ts';

/** Why the processor `k8sattributes` does not know the pods of a workload, whatever leads to them. */
export interface UnwatchedPods {
  readonly status: 'broken' | 'unknown';
  readonly reason: string;
  /** Keys of its settings that decide; empty where the pod itself does. */
  readonly path: readonly string[];
}

/** On this annotation of a pod the processor passes it over. */
const ignoring = 'opentelemetry.io/k8s-processor/ignore';

/** What is left out where a configuration names nothing. */
const usualExcludes = [{ name: 'jaeger-agent' }, { name: 'jaeger-collector' }];

/** The settings that decide which pods the processor watches. */
const watching = rememberedPair((config: Mapping, id: string) => {
  const filter = ['processors', id, 'filter'];
  const written = listAt(config, 'processors', id, 'exclude', 'pods');
  return {
    excludes: (written.length === 0 ? usualExcludes : written).map((entry) => {
      const name = textAt(entry, 'name');
      return { name, pattern: goPattern(name ?? '') };
    }),
    namespace: textAt(config, ...filter, 'namespace') ?? '',
    labels: listAt(config, ...filter, 'labels'),
    nodeKey: ['node_from_env_var', 'node'].find((key) => (textAt(config, ...filter, key) ?? '') !== ''),
  };
});

/**
 * What `filter` and `exclude` of the processor `k8sattributes` keep from it; undefined where it watches the pods.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/k8sattributesprocessor#config
 */
export function unwatchedPods(
  { config, onEveryNode, isSidecar = false }: Pick<Collector, 'config' | 'onEveryNode' | 'isSidecar'>,
  id: string,
  workload: Workload,
): UnwatchedPods | undefined {
  const { excludes, namespace, labels, nodeKey } = watching(config, id);
  if (workload.annotations[ignoring]?.trim().toLowerCase() === 'true') {
    return { status: 'broken', reason: `the pods have ${ignoring}: "true"`, path: [] };
  }
  const excluding = excludes.find(({ pattern }) => podNames(workload).some((name) => pattern?.test(name) === true));
  if (excluding !== undefined) {
    const reason = `exclude leaves out pods whose names match ${excluding.name}`;
    return { status: 'broken', reason, path: ['exclude'] };
  }
  if (namespace.includes('$') || (namespace !== '' && namespace !== workload.namespace)) {
    return {
      status: namespace.includes('$') ? 'unknown' : 'broken',
      reason: `filter lets it know the pods of namespace ${namespace} only`,
      path: ['filter', 'namespace'],
    };
  }
  const label = labels.find((entry) => !hasLabel(workload.labels, entry));
  if (label !== undefined) {
    const reason = `filter lets it know pods by the label ${textAt(label, 'key')} only, and these are none of them`;
    return { status: 'broken', reason, path: ['filter', 'labels'] };
  }
  return nodeKey === undefined || onEveryNode || isSidecar
    ? undefined
    : { status: 'broken', reason: 'filter lets it know the pods of one node only', path: ['filter', nodeKey] };
}

/** Names that pods may have, as the controllers make them. */
function podNames({ kind, name }: Workload): readonly string[] {
  switch (kind) {
    case 'Pod':
      return [name];
    case 'StatefulSet':
      return [`${name}-0`];
    case 'Deployment':
      return [`${name}-5d4f8c7b9d-x7k2p`];
    case 'CronJob':
      return [`${name}-28800000-x7k2p`];
    default:
      return [`${name}-x7k2p`];
  }
}

function hasLabel(labels: Readonly<Record<string, string>>, filter: unknown): boolean {
  const key = textAt(filter, 'key') ?? '';
  const value = textAt(filter, 'value') ?? '';
  const isThere = Object.hasOwn(labels, key);
  switch (textAt(filter, 'op') ?? 'equals') {
    case 'exists':
      return isThere;
    case 'does-not-exist':
      return !isThere;
    case 'not-equals':
      return labels[key] !== value;
    default:
      return labels[key] === value || value.includes('$');
  }
}
