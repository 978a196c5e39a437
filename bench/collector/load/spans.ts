import { type SpanTemplate, spanKind } from './otlp-request.ts';

/** A service's routes: path as the application knows it, an example as it is called, and what its answer takes. */
const routes = [
  { method: 'GET', route: '/api/products', target: '/api/products?page=2', milliseconds: 12 },
  { method: 'GET', route: '/api/products/<id>', target: '/api/products/4711', milliseconds: 7 },
  { method: 'POST', route: '/api/orders', target: '/api/orders', milliseconds: 85 },
  { method: 'GET', route: '/api/orders/<id>', target: '/api/orders/1042', milliseconds: 31 },
  { method: 'POST', route: '/api/query', target: '/api/query', milliseconds: 640 },
] as const;

const statements = [
  { operation: 'SELECT', table: 'products', text: 'SELECT id, name, price FROM products WHERE id = 4711' },
  { operation: 'INSERT', table: 'orders', text: 'INSERT INTO orders (product, amount) VALUES (4711, 2) RETURNING id' },
] as const;

/**
 * One request to a Python web service: the server's span, two of its own, a call of another service and a query. Every
 * other service has the newer names of the HTTP conventions; one request of fifty fails.
 */
export function exampleTrace(service: number, index: number): SpanTemplate[] {
  const route = pick(routes, index);
  const failed = index % 50 === 49;
  const newNames = service % 2 === 1;
  const status = failed ? 500 : 200;
  const inside = { kind: spanKind.internal, attributes: { 'code.function': 'handle' }, scope: 'app' } as const;
  return [
    {
      name: `${route.method} ${route.route}`,
      kind: spanKind.server,
      attributes: newNames ? serverAttributes(route, status) : formerServerAttributes(route, status),
      milliseconds: route.milliseconds,
      failed,
      parent: -1,
      scope: 'opentelemetry.instrumentation.flask',
    },
    { ...inside, name: 'validate', milliseconds: 1, parent: 0 },
    { ...inside, name: 'render', milliseconds: 2, parent: 0 },
    {
      name: 'GET',
      kind: spanKind.client,
      attributes: newNames ? clientAttributes(status) : formerClientAttributes(status),
      milliseconds: 5,
      parent: 0,
      scope: 'opentelemetry.instrumentation.requests',
    },
    index % 2 === 0 ? sqlSpan(index) : redisSpan(),
  ];
}

type SpanPath = (typeof routes)[number];

const formerServerAttributes = ({ method, route, target }: SpanPath, status: number) => ({
  'http.method': method,
  'http.server_name': '0.0.0.0',
  'http.scheme': 'http',
  'net.host.name': 'shop.example.com',
  'net.host.port': 8010,
  'http.host': 'shop.example.com:8010',
  'http.target': target,
  'net.peer.ip': '10.42.0.77',
  'net.peer.port': 51_344,
  'http.user_agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  'http.flavor': '1.1',
  'http.route': route,
  'http.status_code': status,
});

const serverAttributes = ({ method, route, target }: SpanPath, status: number) => ({
  'http.request.method': method,
  'url.scheme': 'http',
  'url.path': target.split('?', 1)[0] ?? target,
  'server.address': 'shop.example.com',
  'server.port': 8010,
  'client.address': '10.42.0.77',
  'client.port': 51_344,
  'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  'network.protocol.version': '1.1',
  'http.route': route,
  'http.response.status_code': status,
});

const formerClientAttributes = (status: number) => ({
  'http.method': 'GET',
  'http.url': 'http://storage-service:8015/api/objects/77',
  'http.status_code': status,
});

const clientAttributes = (status: number) => ({
  'http.request.method': 'GET',
  'url.full': 'http://storage-service:8015/api/objects/77',
  'server.address': 'storage-service',
  'server.port': 8015,
  'http.response.status_code': status,
  'network.protocol.version': '1.1',
});

function sqlSpan(index: number): SpanTemplate {
  const { operation, table, text } = pick(statements, index / 2);
  return {
    name: `${operation} productcatalog`,
    kind: spanKind.client,
    attributes: {
      'db.system': 'postgresql',
      'db.namespace': 'productcatalog',
      'db.operation.name': operation,
      'db.collection.name': table,
      'db.statement': text,
      'net.peer.name': 'postgresql',
      'net.peer.port': 5432,
    },
    milliseconds: 3,
    parent: 0,
    scope: 'opentelemetry.instrumentation.psycopg2',
  };
}

const redisSpan = (): SpanTemplate => ({
  name: 'GET',
  kind: spanKind.client,
  attributes: {
    'db.system': 'redis',
    'db.statement': 'GET session:8f14e45f',
    'net.peer.name': 'redis',
    'net.peer.port': 6379,
    'db.redis.args_length': 2,
  },
  milliseconds: 1,
  parent: 0,
  scope: 'opentelemetry.instrumentation.redis',
});

function pick<T>(list: readonly [T, ...T[]] | readonly T[], index: number): T {
  const value = list[Math.floor(index) % list.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}
