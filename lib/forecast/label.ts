/** What the value of a label depends on, from the fewest values to the most. */
export type LabelScope = 'service' | 'node' | 'pod' | 'process';

const rank: Readonly<Record<LabelScope, number>> = { service: 0, node: 1, pod: 2, process: 3 };

/** The finer of two: a pod is on one node, so that its name implies the node as well. */
export const finer = (one: LabelScope, other: LabelScope): LabelScope => (rank[one] > rank[other] ? one : other);

/** One attribute of the resource that the spans of a service come from. */
export interface ResourceLabel {
  readonly scope: LabelScope;
  /** Its value where it depends on the service alone; otherwise only the cluster knows the values. */
  readonly value: string;
}

export type ResourceLabels = ReadonlyMap<string, ResourceLabel>;

const byName: ReadonlyMap<string, LabelScope> = new Map([
  ['k8s.pod.name', 'pod'],
  ['k8s.pod.uid', 'pod'],
  ['k8s.pod.ip', 'pod'],
  ['k8s.pod.hostname', 'pod'],
  ['k8s.pod.start_time', 'pod'],
  ['container.id', 'pod'],
  ['k8s.node.name', 'node'],
  ['k8s.node.uid', 'node'],
  ['collector.instance.id', 'node'],
  ['process.pid', 'process'],
  ['service.instance.id', 'process'],
]);

/** What is not known before it runs; a Secret has the same value in every pod. */
const placeholder = /<(?!secret )[^<>]+>|\$\{/;

/**
 * Scope of a resource attribute: by its name where its value is not known.
 *
 * @param value with what the cluster fills in as `<metadata.name>`
 */
export function scopeOf(name: string, value?: string): LabelScope {
  if (value !== undefined && !placeholder.test(value)) {
    return 'service';
  }
  return scopeOfField(value ?? '') ?? byName.get(name) ?? (name.startsWith('host.') ? 'node' : 'service');
}

/** Collectors are counted like the nodes that they run on. */
function scopeOfField(value: string): LabelScope | undefined {
  if (/<(metadata\.(name|uid)|status\.podIPs?)>/.test(value)) {
    return 'pod';
  }
  return /<(spec\.nodeName|status\.hostIPs?|[^<>]* of the collector)>/.test(value) ? 'node' : undefined;
}
