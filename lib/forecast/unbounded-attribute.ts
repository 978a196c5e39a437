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

/** Names of one's own by which people, sessions, orders and requests are told apart. */
const identifier =
  /(^|[._-])(user|customer|client|member|visitor|session|request|order|cart|basket|payment|invoice|device|message|event|correlation|trace|span|transaction)[._-]?(id|uuid|guid|email)$|(^|[._-])(uuid|guid|email|query_?string|request[._]url|full[._]url)$|^http\.(query|request\.header\.x-(request|correlation|trace)-id)$/i;

/** What the platform numbers, with as many values as there are machines or deployments. */
const ofPlatform =
  /^(cloud|aws|gcp|azure|k8s|host|container|process|service|faas|os|device|telemetry|messaging\.(client|consumer))\./;

/** Whether nearly every request begins a series of its own where this attribute is a dimension. */
export const isUnbounded = (attribute: string): boolean =>
  unbounded.has(attribute) || (identifier.test(attribute) && !ofPlatform.test(attribute));
