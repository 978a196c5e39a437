import { expect, test } from 'vitest';
import { requireReachableHostPort as rule } from '../../../lib/lint/rules/require-reachable-host-port.ts';
import { agent } from './support/collectors.ts';
import { placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, field, fromConfigMap, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const byNode = field('HOST_IP', 'status.hostIP') + literal(endpoint, 'http://$(HOST_IP):4317');

test.each(['localhost', '127.0.0.1'])('reports %s', (host) => {
  const text = documents(deployment({ env: literal(endpoint, `http://${host}:4317`) }), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `http://${host}`)}`,
      message: `${endpoint} of Deployment api is "http://${host}:4317": that is the pod itself, and no collector runs in it`,
      suggestion: 'write: http://agent.coralogix:4317',
    },
  ]);
});

test('reports a value of a ConfigMap as it stands there, once', () => {
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap(endpoint) }));
  const text = documents(configMap({ [endpoint]: 'http://localhost:4317' }), ...users);
  expect(report(rule, text)).toMatchObject([
    {
      at: 'app.yaml:7:32',
      message: expect.stringContaining(`${endpoint} of Deployment a and Deployment b is "http://localhost:4317":`),
    },
  ]);
});

test('reports the address of the pod', () => {
  const env = field('POD_IP', 'status.podIP') + literal(endpoint, 'http://$(POD_IP):4317');
  expect(report(rule, deployment({ env }))).toMatchObject([{ message: expect.stringContaining('the pod itself') }]);
});

test('reports localhost of a pod on the network of its node, where the agent is not', () => {
  const text = documents(
    deployment({ pod: 'hostNetwork: true', env: literal(endpoint, 'http://localhost:4317') }),
    agent(),
  );
  expect(report(rule, text)).toMatchObject([
    { message: expect.stringContaining('DaemonSet agent does not take port 4317 of the node') },
  ]);
});

test('reports the address of the node while no collector takes its port', () => {
  const text = documents(deployment({ env: byNode }), agent());
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'http://$(HOST_IP)')}`,
      message: `${endpoint} of Deployment api is "http://$(HOST_IP):4317": DaemonSet agent does not take port 4317 of the node`,
      suggestion: 'write: http://agent.coralogix:4317',
    },
  ]);
});

const operated = (spec: string) =>
  `apiVersion: opentelemetry.io/v1beta1\nkind: OpenTelemetryCollector\nmetadata: { name: a }\nspec: ${spec}\n`;

test.each([
  ['a Deployment', '{}'],
  ['a DaemonSet on the network of pods', '{ mode: daemonset, config: { receivers: {}, service: { pipelines: {} } } }'],
  ['a Deployment with a target allocator', '{ targetAllocator: { enabled: true } }'],
])('reports a port of the node that %s of the operator does not take', (_, spec) => {
  const [found, ...others] = report(rule, documents(deployment({ env: byNode }), agent(), operated(spec)));
  expect(found?.message).toMatch(/ (does|do) not take port 4317 of the node$/);
  expect([found?.cannotTell, others]).toEqual([undefined, []]);
});

test('cannot tell whether a collector that was not read takes a port of the node', () => {
  const pod = 'hostNetwork: true';
  expect(report(rule, deployment({ env: byNode }))).toMatchObject([
    {
      cannotTell: true,
      message: `${endpoint} of Deployment api is "http://$(HOST_IP):4317": whether a collector takes port 4317 of the node is in no file that was read`,
    },
  ]);
  const other = agent({ name: 'other', hostPorts: true, sidecar: true }).replace(/relay: [\s\S]*?---/, 'a: b\n---');
  expect(report(rule, documents(deployment({ env: byNode }), agent(), other))).toMatchObject([{ cannotTell: true }]);
  for (const spec of ['{ mode: daemonset, hostNetwork: true, config: $CONFIG }', '{ mode: $MODE }']) {
    const text = documents(deployment({ env: byNode }), agent(), operated(spec));
    expect(report(rule, text)).toMatchObject([{ cannotTell: true }]);
  }
  expect(report(rule, deployment({ pod, env: literal(endpoint, 'http://localhost:4317') }))).toMatchObject([
    { cannotTell: true },
  ]);
});

test('cannot tell where spans go without an endpoint, and says so once', () => {
  const text = documents(
    deployment({ env: literal('OTEL_SERVICE_NAME', 'a') }),
    deployment({ name: 'b', env: literal('OTEL_SERVICE_NAME', 'b') }),
    agent(),
  );
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'image: shop-api')}`,
      message: `Deployment api and Deployment b have no ${endpoint}: without one in the program, spans go to localhost`,
      suggestion: `write: ${endpoint}=http://agent.coralogix:4317`,
      cannotTell: true,
    },
  ]);
});

test.each([
  ['an agent that has the port of the node', deployment({ env: byNode }), agent({ hostPorts: true })],
  [
    'localhost of a pod on the network of the node, where the agent is too',
    deployment({ pod: 'hostNetwork: true', env: literal(endpoint, 'http://localhost:4317') }),
    agent().replace('      volumes:', '      hostNetwork: true\n      volumes:'),
  ],
  [
    'localhost where a collector runs in the pod',
    deployment({ env: literal(endpoint, 'http://localhost:4317') }).replace(
      '      containers:',
      '      containers:\n        - {name: collector, image: "otel/opentelemetry-collector:0.155.0"}',
    ),
    agent(),
  ],
  [
    'a datastore without telemetry',
    deployment({ image: 'redis:7', env: literal('REDIS_PASSWORD_FILE', '/run/p') }),
    agent(),
  ],
  [
    'a switched off SDK',
    deployment({ env: literal('OTEL_SERVICE_NAME', 'a') + literal('OTEL_SDK_DISABLED', '"true"') }),
    agent(),
  ],
  [
    'an SDK that exports nothing',
    deployment({ env: literal('OTEL_SERVICE_NAME', 'a') + literal('OTEL_TRACES_EXPORTER', 'none') }),
    agent(),
  ],
  [
    'variables that the operator adds',
    deployment({ metadata: 'annotations: {instrumentation.opentelemetry.io/inject-java: "true"}' }),
    agent(),
  ],
])('does not report %s', (_, app, collector) => {
  expect(report(rule, documents(app, collector))).toEqual([]);
});
