import { expect, test } from 'vitest';
import { inventoryOf } from '../../lib/inventory/inventory.ts';
import { inventoryMermaid } from '../../lib/inventory/render-mermaid.ts';
import { inventoryText } from '../../lib/inventory/render-text.ts';
import { readModel } from '../../lib/model/read-model.ts';
import { collectorResource, counting, file, passing } from '../model/operator/support.ts';
import { first } from '../model/support/model-of.ts';
import { smallSystem } from '../model/support/small-system.ts';

const inventory = (text: string, name = 'app.yaml') => inventoryOf(readModel([{ file: name, text }]));

const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'agent', namespace: 'otel' } };
const role = (kind: string, namespace?: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'pods', ...(namespace === undefined ? {} : { namespace }) },
  rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'watch'] }],
});
const binding = (kind: string, roleKind: string, namespace?: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'agent', ...(namespace === undefined ? {} : { namespace }) },
  roleRef: { kind: roleKind, name: 'pods' },
  subjects: [{ kind: 'ServiceAccount', name: 'agent', namespace: 'otel' }],
});

test('a collector of manifests is described with what it does, what leads to it and what it may do', () => {
  const more = [account, role('ClusterRole'), binding('ClusterRoleBinding', 'ClusterRole')];
  const { collectors, unread } = inventory(smallSystem({ collectorPod: { serviceAccountName: 'agent' }, more }));
  expect(unread).toEqual([]);
  expect(collectors).toMatchObject([
    {
      title: 'DaemonSet agent',
      tier: 'agent',
      source: 'manifests',
      onEveryNode: true,
      pipelines: [
        { id: 'traces', processors: ['k8sattributes'], exporters: ['spanmetrics', 'coralogix'] },
        { id: 'metrics', receivers: ['spanmetrics'] },
      ],
      spanMetrics: [{ connector: 'spanmetrics', dimensions: [] }],
      listeners: [{ receiver: 'otlp', protocol: 'grpc', host: '0.0.0.0', port: 4317 }],
      services: [{ name: 'agent', internalTrafficPolicy: 'Local', ports: [{ port: 4317 }] }],
      exporters: [{ id: 'coralogix', signals: ['traces', 'metrics'], destination: 'eu2.coralogix.com' }],
      serviceAccount: 'agent',
      roles: [
        { title: 'ClusterRole pods', namespace: undefined, rules: [{ resources: ['pods'], verbs: ['get', 'watch'] }] },
      ],
    },
  ]);
});

test.each([
  [
    'a role that was not read',
    [binding('ClusterRoleBinding', 'ClusterRole')],
    [{ rules: undefined, namespace: undefined }],
  ],
  [
    'a Role of its namespace',
    [role('Role', 'otel'), binding('RoleBinding', 'Role', 'otel')],
    [{ namespace: 'otel', rules: [{}] }],
  ],
  ['no role', [account], []],
])('the permissions of a collector with %s', (_, more, roles) => {
  const text = smallSystem({ collectorPod: { serviceAccountName: 'agent' }, more });
  expect(first(inventory(text).collectors).roles).toMatchObject(roles);
});

test('permissions that no manifest shows are not claimed to be none', () => {
  expect(first(inventory(smallSystem()).collectors).roles).toBeUndefined();
});

test('permissions of values are those that the chart makes for the presets', () => {
  const agent = (text: string) => first(inventory(`opentelemetry-agent: ${text}\n`).collectors);
  expect(agent('{}')).toMatchObject({
    serviceAccount: 'coralogix-opentelemetry',
    roles: [{ title: 'ClusterRole coralogix-opentelemetry-agent', namespace: undefined }],
  });
  const [pods, , , nodes] = agent('{}').roles?.[0]?.rules ?? [];
  expect(pods).toEqual({ apiGroups: [''], resources: ['pods', 'namespaces'], verbs: ['get', 'watch', 'list'] });
  expect(nodes?.resources).toEqual(['nodes', 'nodes/stats', 'nodes/metrics']);
  const off = '{ enabled: false }';
  const presets = ['kubernetesAttributes', 'kubeletMetrics', 'kubernetesExtraMetrics', 'profilesCollection'];
  const none = `{ presets: { ${presets.map((name) => `${name}: ${off}`).join(', ')} } }`;
  expect(agent(none).roles).toEqual([]);
  expect(agent('{ serviceAccount: { create: false } }').serviceAccount).toBe('default');
});

test('dimensions of values have their origins, of every connector', () => {
  const text = `opentelemetry-agent:
  presets: { spanMetrics: { extraDimensions: [{ name: shelf }] } }
`;
  const agent = first(inventory(text).collectors);
  expect(agent.spanMetrics.map(({ connector }) => connector)).toEqual([
    'spanmetrics',
    'spanmetrics/compact',
    'spanmetrics/db',
    'spanmetrics/db_compact',
  ]);
  expect(agent.spanMetrics[0]?.dimensions).toContainEqual({ name: 'shelf', origin: 'values' });
  expect(agent.spanMetrics[0]?.dimensions).toContainEqual({ name: 'service.version', origin: 'service-version' });
});

test('a collector that hands its traces on names the one that gets them', () => {
  const text = file(
    collectorResource('gate', 'telemetry', { config: counting }),
    collectorResource('beside', 'bakery', { mode: 'sidecar', config: passing('gate-collector.telemetry:4317') }),
  );
  const described = inventory(text);
  expect(described.collectors[1]).toMatchObject({
    isSidecar: true,
    sendsTo: ['OpenTelemetryCollector gate'],
    source: 'operator',
  });
  const lines = inventoryMermaid(described).split('\n');
  expect(lines).toContain('  c1 -->|traces| c0');
  expect(lines).toContain('  c0s0(["gate-collector.telemetry"]) --> c0');
  expect(inventoryText(described)).toMatchInlineSnapshot(`
    "OpenTelemetryCollector gate (namespace telemetry; app.yaml:8)
      traces: otlp → k8sattributes → spanmetrics otlp
      metrics: spanmetrics → otlp
      dimensions of spanmetrics: none beside those of every series
      listens on: 0.0.0.0:4317 (grpc, otlp)
      Services: gate-collector.telemetry (Cluster): 4317; gate-collector-headless.telemetry (headless):
                4317; gate-collector-monitoring.telemetry (Cluster): 8888
      exports: traces and metrics by otlp to ingress.eu2.coralogix.com:443
      permissions: of ServiceAccount gate-collector: the operator may make them

    OpenTelemetryCollector beside (namespace bakery, in the pods that ask for it; app.yaml:55)
      traces: otlp → otlp
      listens on: 0.0.0.0:4317 (grpc, otlp)
      exports: traces by otlp to gate-collector.telemetry:4317
      sends traces on to: OpenTelemetryCollector gate
      permissions: those of the pod that it is in
    "
  `);
});

test('what was not understood is named rather than left out', () => {
  const text = 'mode: daemonset\nimage: { repository: otel/opentelemetry-collector-k8s }\nconfig: { receivers: {} }\n';
  const described = inventory(text, 'values.yaml');
  expect(first(described.collectors)).toMatchObject({
    pipelines: [],
    unread: 'its chart is the one of OpenTelemetry, whose templates are not known',
  });
  expect(inventoryText(described)).toContain('not known: its chart is the one of OpenTelemetry');
  expect(inventoryText(described)).toContain('Note: the collector of values.yaml is not judged');
  expect(inventoryMermaid(described)).toContain('not known: its chart');
  expect(inventoryText(inventory('a: 1\n'))).toBe('no collector was read\n');
});

test('a key in an address is masked', () => {
  const exporterSettings = { otlp: { endpoint: 'https://user:swordfish9@gw.example.com:4317' } };
  const text = smallSystem({ exporters: ['spanmetrics', 'otlp'], exporterSettings });
  expect(JSON.stringify(inventory(text))).not.toContain('swordfish9');
});
