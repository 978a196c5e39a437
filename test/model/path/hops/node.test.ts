import { describe, expect, test } from 'vitest';
import { explainedSmall, hopOf, marksOf, messagesOf } from '../../../explain/support/explained.ts';

const byNode = { env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://$(NODE_IP):4317' } };

test("the agent on the pod's own node answers through a Service with the policy Local", () => {
  expect(messagesOf('node', {})).toEqual([
    "✓ DaemonSet agent answers, on the pod's own node",
    'Service agent has internalTrafficPolicy Local',
  ]);
});

test.each([
  [{ collectorPod: { hostNetwork: true } }, "it is on its node's network"],
  [
    {
      collectorPod: {
        containers: [{ name: 'otelcol', image: 'otelcol:1', ports: [{ containerPort: 4317, hostPort: 4317 }] }],
      },
    },
    'it has hostPort 4317',
  ],
])('or at a port of the node, with %j', (props, reason) => {
  expect(messagesOf('address', { ...byNode, ...props })[0]).toBe("✓ it is port 4317 of the pod's own node");
  expect(messagesOf('node', { ...byNode, ...props })).toEqual([
    "✓ DaemonSet agent answers, on the pod's own node",
    reason,
  ]);
});

test.each([
  [{ internalTrafficPolicy: 'Cluster' }, 'Service agent has internalTrafficPolicy Cluster'],
  [{ clusterIP: 'None' }, 'Service agent is headless'],
])('the agent of any node answers with %j', (service, reason) => {
  const explanation = explainedSmall({ service });
  expect(messagesOf('node', { service }).slice(0, 2)).toEqual(['✗ DaemonSet agent answers, of any node', reason]);
  expect(hopOf(explanation, 'node').place?.file).toBe('app.yaml');
  expect(marksOf(explanation)).toBe('✓✓✗?????');
});

test('a collector that is no DaemonSet answers from whichever node', () => {
  expect(messagesOf('node', { collectorKind: 'Deployment' })[0]).toBe(
    '✓ Deployment agent answers, on whichever node it is',
  );
});

test('a collector in the pod answers itself', () => {
  const containers = [{ name: 'otelcol', image: 'otelcol:1' }];
  const pod = { volumes: [{ name: 'config', configMap: { name: 'sidecar' } }] };
  const relay = [
    'receivers: { otlp: { protocols: { grpc: } } }',
    'exporters: { debug: {} }',
    'service: { pipelines: { traces: { receivers: [otlp], exporters: [debug] } } }',
  ].join('\n');
  const more = [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'sidecar', namespace: 'shop' }, data: { relay } },
  ];
  const props = { containers, pod, more, env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' } };
  expect(messagesOf('node', props)).toEqual(['✓ Deployment api answers, beside the program', 'localhost leads to it']);
  expect(messagesOf('receiver', props)[0]).toBe('✓ Deployment api takes OTLP by gRPC on port 4317');
});

test('cannot tell what a workload does whose configuration was not read', () => {
  const props = { collectorPod: { volumes: [] } };
  expect(messagesOf('node', props)[0]).toBe('? DaemonSet agent answers, and what it does was not read');
  expect(marksOf(explainedSmall(props))).toBe('✓✓??????');
});

describe('a pod on Windows nodes', () => {
  const pod = { nodeSelector: { 'kubernetes.io/os': 'windows' } };
  const agentOn = (os: string) => ({
    collectorPod: {
      nodeSelector: { 'kubernetes.io/os': os },
      containers: [{ name: 'otelcol', image: 'otelcol:1' }],
      volumes: [{ name: 'config', configMap: { name: 'agent' } }],
    },
  });

  test.each([
    [agentOn('linux'), '✗ DaemonSet agent runs on linux nodes only'],
    [{}, '? cannot tell whether DaemonSet agent runs on Windows nodes'],
    [agentOn('windows'), "✓ DaemonSet agent answers, on the pod's own node"],
  ])('with the agent %j', (collector, says) => {
    expect(messagesOf('node', { pod, ...collector })[0]).toBe(says);
  });
});

const selecting = (nodeSelector: object) => ({ nodeSelector });
const onAgent = (pod: object) => ({
  containers: [{ name: 'otelcol', image: 'otelcol:1' }],
  volumes: [{ name: 'config', configMap: { name: 'agent' } }],
  ...pod,
});
const wants = (key: string, operator: string, values: readonly string[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
      },
    },
  },
});
const gpu = { nodeSelector: { gpu: 'yes' }, tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }] };

test.each<readonly [object, object, string]>([
  [{ schedulerName: 'fargate-scheduler' }, {}, 'no-agent-on-node'],
  [selecting({ 'eks.amazonaws.com/compute-type': 'fargate' }), {}, 'no-agent-on-node'],
  [selecting({ type: 'virtual-kubelet' }), {}, 'no-agent-on-node'],
  [selecting({ role: 'web' }), selecting({ role: 'infra' }), 'no-agent-on-node'],
  [selecting({ role: 'infra' }), selecting({ role: 'infra' }), 'ok'],
  [selecting({ role: 'web' }), {}, 'ok'],
  [{}, selecting({ role: 'infra' }), 'unknown'],
  [{}, selecting({ 'kubernetes.io/os': 'linux' }), 'ok'],
  [{}, wants('role', 'In', ['infra']), 'unknown'],
  [selecting({ role: 'infra' }), wants('role', 'In', ['infra']), 'ok'],
  [{}, wants('eks.amazonaws.com/compute-type', 'NotIn', ['fargate']), 'ok'],
  [gpu, {}, 'unknown'],
  [gpu, { tolerations: [{ operator: 'Exists' }] }, 'ok'],
  [gpu, { tolerations: gpu.tolerations }, 'ok'],
  [{ tolerations: gpu.tolerations }, {}, 'ok'],
])('a pod with %j and an agent with %j: %s', (pod, agent, expected) => {
  const { cause, status } = hopOf(explainedSmall({ pod, collectorPod: onAgent(agent) }), 'node');
  expect(cause ?? status).toBe(expected);
});

test('a collector that is no DaemonSet may be on any node', () => {
  const props = { pod: { schedulerName: 'fargate-scheduler' }, collectorKind: 'Deployment' };
  expect(messagesOf('node', props)[0]).toMatch(/^✓/);
});
