import { expect, test } from 'vitest';
import { requireNodeLocalAgent as rule } from '../../../lib/lint/rules/require-node-local-agent.ts';
import { agent, chartValues } from './support/collectors.ts';
import { objectsOf, placeOf, report } from './support/lint-text.ts';
import { deployment, documents, literal } from './support/manifests.ts';

const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const to = (host: string, name = 'api') => deployment({ name, env: literal(endpoint, `http://${host}:4317`) });
const alias = `apiVersion: v1
kind: Service
metadata: {name: otel, namespace: shop}
spec: {type: ExternalName, externalName: agent.coralogix.svc.cluster.local}
`;

test('reports a Service that leads to the agents of all nodes, once', () => {
  const text = documents(to('agent.coralogix'), to('otel', 'web'), alias, agent({ policy: 'Cluster' }));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'Cluster')}`,
      message:
        'Service agent of namespace coralogix has internalTrafficPolicy Cluster, so Deployment api and Deployment web may reach the agent of any node',
      suggestion: 'write: internalTrafficPolicy: Local',
    },
  ]);
  expect(objectsOf(rule, text)).toEqual(['Service agent']);
});

test('reports a Service that says nothing of it', () => {
  const text = documents(to('agent.coralogix'), agent({ policy: 'Cluster' })).replace(
    /.*internalTrafficPolicy.*\n/,
    '',
  );
  expect(report(rule, text)).toMatchObject([
    {
      message: expect.stringContaining('has internalTrafficPolicy Cluster'),
      at: `app.yaml:${placeOf(text, 'type: ClusterIP')}`,
    },
  ]);
});

test('reports a headless Service, whatever its policy', () => {
  const text = documents(to('agent.coralogix'), agent({ service: 'clusterIP: None' }));
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'None')}`,
      message: 'Service agent of namespace coralogix is headless, so Deployment api may reach the agent of any node',
      suggestion: 'remove clusterIP: None, and write: internalTrafficPolicy: Local',
    },
  ]);
});

test('reports the Service of the chart that is not switched on', () => {
  const values = chartValues('opentelemetry-agent:\n  enabled: true\n');
  expect(
    report(rule, {
      'app.yaml': documents(to('coralogix-opentelemetry.coralogix'), to('coralogix-opentelemetry.coralogix', 'web')),
      'values.yaml': values,
    }),
  ).toEqual([
    {
      at: 'values.yaml:5:3',
      message:
        'Deployment api and Deployment web send to Service coralogix-opentelemetry of namespace coralogix, which the chart makes only when it is switched on',
      suggestion: 'write below opentelemetry-agent: service: { enabled: true }',
    },
  ]);
});

test('reports a Service of the chart that leads to the agents of all nodes', () => {
  const values = chartValues(
    'opentelemetry-agent:\n  service:\n    enabled: true\n    internalTrafficPolicy: Cluster\n',
  );
  expect(report(rule, { 'app.yaml': to('coralogix-opentelemetry.coralogix'), 'values.yaml': values })).toMatchObject([
    { at: expect.stringMatching(/^values\.yaml:/), message: expect.stringContaining('internalTrafficPolicy Cluster') },
  ]);
});

test.each([
  ['a Service that stays on the node', { 'app.yaml': documents(to('otel'), alias, agent()) }],
  [
    'a collector that is one for all nodes',
    { 'app.yaml': documents(to('agent.coralogix'), agent({ kind: 'Deployment', policy: 'Cluster' })) },
  ],
  ['a Service to which nothing is sent', { 'app.yaml': agent({ policy: 'Cluster' }) }],
  [
    'the Service of the chart, switched on',
    {
      'app.yaml': to('coralogix-opentelemetry.coralogix'),
      'values.yaml': chartValues('opentelemetry-agent:\n  service:\n    enabled: true\n'),
    },
  ],
  ['a namespace that was not read', { 'app.yaml': to('coralogix-opentelemetry.coralogix') }],
])('does not report %s', (_, files) => {
  expect(report(rule, files)).toEqual([]);
});
