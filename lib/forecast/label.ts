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

/** What of Coralogix reads a label of the span metrics. */
export const chartLabelUses: {
  /** Without it a view is empty. */
  readonly needed: Readonly<Record<string, string>>;
  /** A view shows less without it. */
  readonly useful: Readonly<Record<string, string>>;
} = {
  needed: {
    'service.name': 'the Service Catalog',
    'span.name': 'the Service Catalog',
    'span.kind': 'the Service Catalog',
    'status.code': 'the error rate',
    'k8s.pod.name': 'Pod & Host',
    'k8s.node.name': 'Pod & Host',
  },
  useful: {
    'http.response.status_code': 'error tracking by status code',
    'rpc.grpc.status_code': 'error tracking by status code',
    'cgx.transaction': 'the Transactions tab',
    'cgx.transaction.root': 'the Transactions tab',
    'service.version': 'the comparison of versions',
    'db.namespace': 'the database labels of calls_total',
    'db.system': 'the database labels of calls_total',
    'db.operation.name': 'the database labels of calls_total',
    'db.collection.name': 'the database labels of calls_total',
  },
};

/** Attributes that most requests have a value of their own for. */
const unbounded: ReadonlySet<string> = new Set([
  'url.full',
  'url.path',
  'url.query',
  'http.url',
  'http.target',
  'http.user_agent',
  'user_agent.original',
  'client.address',
  'client.port',
  'http.client_ip',
  'network.peer.address',
  'network.peer.port',
  'net.peer.ip',
  'net.peer.port',
  'net.sock.peer.addr',
  'net.sock.peer.port',
  'net.sock.host.port',
  'http.client.port',
  'peer.address',
  'peer.port',
  'user.id',
  'user.email',
  'enduser.id',
  'session.id',
  'request.id',
  'http.request.id',
  'trace.id',
  'trace_id',
  'span.id',
  'span_id',
  'db.statement',
  'db.query.text',
  'exception.message',
  'exception.stacktrace',
  'messaging.message.id',
  'messaging.message.conversation_id',
]);

/** Attributes that applications name themselves, and that identify people, sessions, orders and requests. */
const identifier =
  /(^|[._-])(user|customer|client|member|visitor|session|request|order|cart|basket|payment|invoice|device|message|event|correlation|trace|span|transaction)[._-]?(id|uuid|guid|email)$|(^|[._-])(uuid|guid|email|query_?string|request[._]url|full[._]url)$|^http\.(query|request\.header\.x-(request|correlation|trace)-id)$/i;

/** What the platform numbers, with as many values as there are machines or deployments. */
const ofPlatform =
  /^(cloud|aws|gcp|azure|k8s|host|container|process|service|faas|os|device|telemetry|messaging\.(client|consumer))\./;

/** Whether nearly every request begins a series of its own where this attribute is a dimension. */
export const isUnbounded = (attribute: string): boolean =>
  unbounded.has(attribute) || (identifier.test(attribute) && !ofPlatform.test(attribute));
