import { expect, test } from 'vitest';
import { requireReachableListener as rule } from '../../../lib/lint/rules/require-reachable-listener.ts';
import { agent } from './support/collectors.ts';
import { objectsOf, placeOf, report } from './support/lint-text.ts';
import { deployment, documents, field, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const env = literal(endpoint, 'http://agent.coralogix:4317');
const app = deployment({ env });

test('reports a receiver that binds localhost, once for all who send to it', () => {
  const text = documents(app, deployment({ name: 'web', env }), agent({ host: 'localhost' }));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'localhost:4317')}`,
      message: 'DaemonSet agent listens on localhost:4317, which Deployment api and Deployment web cannot reach',
      suggestion: 'write: endpoint: 0.0.0.0:4317',
    },
  ]);
  expect(objectsOf(rule, text)).toEqual(['DaemonSet agent']);
});

test('reports a receiver without endpoint', () => {
  const text = documents(app, agent()).replace(/ {12}endpoint: 0\.0\.0\.0:4317\n/, '');
  expect(report(rule, text)).toMatchObject([
    { at: `app.yaml:${placeOf(text, 'tls: {}')}`, message: expect.stringContaining('listens on localhost:4317') },
  ]);
});

test('reports a receiver behind a port of the node', () => {
  const byNode = field('HOST_IP', 'status.hostIP') + literal(endpoint, 'http://$(HOST_IP):4318');
  const text = documents(deployment({ env: byNode }), agent({ host: '127.0.0.1', hostPorts: true, policy: null }));
  expect(report(rule, text)).toMatchObject([{ message: expect.stringContaining('127.0.0.1:4318') }]);
});

test.each(['0.0.0.0', '${env:MY_POD_IP}', '[::]'])('does not report a receiver that binds %s', (host) => {
  expect(report(rule, documents(app, agent({ host })))).toEqual([]);
});

test('does not report a collector in the same pod, nor one to which nothing is sent', () => {
  expect(report(rule, agent({ host: 'localhost' }))).toEqual([]);
  const local = deployment({ pod: 'hostNetwork: true', env: literal(endpoint, 'http://localhost:4317') });
  const onNode = agent({ host: 'localhost' }).replace('      volumes:', '      hostNetwork: true\n      volumes:');
  expect(report(rule, documents(local, onNode))).toEqual([]);
});
