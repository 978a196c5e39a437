import { expect, test } from 'vitest';
import { validPodAssociation as rule } from '../../../lib/lint/rules/valid-pod-association.ts';
import { collector, type SmallSystemProps, settings, smallSystem } from '../../model/support/small-system.ts';
import { report } from './support/lint-text.ts';

const withoutIdentity = { OTEL_RESOURCE_ATTRIBUTES: undefined };
const byConnection = {
  k8sattributes: { ...settings.k8sattributes, pod_association: [{ sources: [{ from: 'connection' }] }] },
};

/** Spans pass an agent and a gateway, which associates by the connection. */
const throughGateway = (agent: readonly string[]): SmallSystemProps => ({
  env: withoutIdentity,
  processors: agent,
  exporters: ['otlp/gateway'],
  exporterSettings: { 'otlp/gateway': { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
  more: collector({ collectorKind: 'Deployment', settings: byConnection }, 'gateway'),
});

test('reports a gateway that associates by the connection, at its pod_association', () => {
  const text = smallSystem(throughGateway(['memory_limiter', 'batch']));
  const [found, ...others] = report(rule, text);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    message:
      'k8sattributes of Deployment gateway finds no pod of the spans of Deployment api: DaemonSet agent is at the other end of that connection',
    suggestion:
      'add k8sattributes to the traces of DaemonSet agent, with passthrough: true if k8sattributes stays here, and write first in this pod_association: sources: [{ from: resource_attribute, name: k8s.pod.ip }]',
  });
  expect(lineOf(text, found?.at)).toMatch(/pod_association:|- sources:/);
});

test.each(['batch', 'groupbytrace', 'tail_sampling'])('reports %s before k8sattributes, at its line', (id) => {
  const text = smallSystem({ env: withoutIdentity, processors: ['memory_limiter', id, 'k8sattributes'] });
  const [found] = report(rule, text);
  expect(found).toMatchObject({
    message: `k8sattributes of DaemonSet agent finds no pod of the spans of Deployment api: ${id} stands before k8sattributes, and after it no address is left`,
    suggestion: `write: processors: [memory_limiter, k8sattributes, ${id}]`,
  });
  expect(lineOf(text, found?.at)).toContain(`- ${id}`);
});

test('reports a host port of a collector on the network of pods as not known', () => {
  const port = { containerPort: 4317, hostPort: 4317 };
  const env = { ...withoutIdentity, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://$(NODE_IP):4317' };
  const collectorPod = {
    containers: [{ name: 'otelcol', image: 'otelcol:1', ports: [port] }],
    volumes: [{ name: 'config', configMap: { name: 'agent' } }],
  };
  const suggestion = 'send k8s.pod.uid or k8s.pod.ip from the downward API, or send to the Service of the agent';
  expect(report(rule, smallSystem({ env, collectorPod }))).toMatchObject([{ cannotTell: true, suggestion }]);
  expect(
    report(
      rule,
      smallSystem({
        env: { ...env, OTEL_RESOURCE_ATTRIBUTES: undefined },
        collectorPod: { ...collectorPod, hostNetwork: true },
      }),
    ),
  ).toEqual([]);
  const identified = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://$(NODE_IP):4317' };
  expect(report(rule, smallSystem({ env: identified, collectorPod }))).toEqual([]);
});

test('reports spans that have no source of the association', () => {
  const pod_association = [{ sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] }];
  expect(
    report(rule, smallSystem({ settings: { k8sattributes: { ...settings.k8sattributes, pod_association } } })),
  ).toMatchObject([
    {
      message:
        'k8sattributes of DaemonSet agent finds no pod of the spans of Deployment api: no source of its pod_association is on the span',
    },
  ]);
});

const found: readonly (readonly [string, SmallSystemProps])[] = [
  ['a pod that is found', {}],
  ['a gateway behind an agent that finds the pod', throughGateway(['k8sattributes', 'batch'])],
  ['batch before the lookup of an attribute', { processors: ['batch', 'k8sattributes'] }],
  ['what stands in the pod, which other rules report', { pod: { hostNetwork: true } }],
];

test.each(found)('does not report %s', (_, props) => {
  expect(report(rule, smallSystem(props))).toEqual([]);
});

const lineOf = (text: string, at = ''): string => text.split('\n')[Number(at.split(':')[1]) - 1] ?? '';
