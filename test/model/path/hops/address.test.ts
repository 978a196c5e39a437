import { describe, expect, test } from 'vitest';
import { explainedSmall, headlineOf, hopOf, marksOf, messagesOf } from '../../../explain/support/explained.ts';
import { differences } from '../../../lint/support/differences.ts';
import { type SmallSystemProps, smallSystem } from '../../support/small-system.ts';

const alias = (externalName: string) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'collector', namespace: 'shop' },
  spec: { type: 'ExternalName', externalName },
});

const sendingTo = (endpoint: string) => ({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });

test('tells every Service on the way', () => {
  const more = [alias('agent.otel.svc.cluster.local')];
  expect(messagesOf('address', { ...sendingTo('http://collector:4317'), more })).toEqual([
    '✓ the name leads to agent.otel',
    'Service collector of namespace shop stands for agent.otel.svc.cluster.local',
    'Service agent of namespace otel has port 4317',
  ]);
});

test.each([
  [
    'http://ingress.eu2.coralogix.com:443',
    'ingress.eu2.coralogix.com is Coralogix itself: the span bypasses every collector',
  ],
  ['http://localhost:4317', 'http://localhost:4317 is the pod itself'],
  ['http://$(POD_IP):4317', 'http://<status.podIP>:4317 is the pod itself'],
  ['http://$(NODE_IP):4317', 'http://<status.hostIP>:4317 is a port of the node that no collector takes'],
  ['http://agent:4317', 'namespace shop has no Service agent'],
  ['http://agent.otel:9999', 'Service agent of namespace otel has no port 9999'],
])('breaks with %s', (endpoint, says) => {
  const explanation = explainedSmall(sendingTo(endpoint));
  expect(headlineOf(explanation)).toBe(`breaks at address: ${says}`);
  expect(marksOf(explanation)).toMatch(/^✓✗\?+$/);
});

test('says of a name that is nearly right what it may be', () => {
  expect(messagesOf('address', sendingTo('http://agnt.otel:4317'))).toContain('Service agent has a similar name');
});

test('an alias that stands for nothing says which', () => {
  const more = [
    alias('agent.elsewhere.svc.cluster.local'),
    { ...alias('a'), metadata: { name: 'a', namespace: 'elsewhere' } },
  ];
  expect(messagesOf('address', { ...sendingTo('http://collector:4317'), more }).slice(0, 2)).toEqual([
    '✗ namespace elsewhere has no Service agent',
    'Service collector of namespace shop stands for agent.elsewhere.svc.cluster.local',
  ]);
});

test('a Service that selects nothing is broken where it is certain which pods it is for', () => {
  expect(messagesOf('address', { service: { selector: { app: 'other' } } })[0]).toBe('✗ the Service selects no pod');
  const unread = { service: { selector: { other: 'agent' } } };
  expect(messagesOf('address', unread)[0]).toBe('? the Service selects no pod that was read');
  expect(messagesOf('address', { service: { selector: { app: 'agnet' } } })[0]).toBe('✗ the Service selects no pod');
});

test.each([
  ['http://agnt.otel:4317', 'no Service agnt of namespace otel was read'],
  ['http://collector:4317', 'no Service collector of namespace shop was read'],
])('cannot tell whether something else makes the Service of %s', (endpoint, says) => {
  expect(headlineOf(explainedSmall(sendingTo(endpoint)))).toBe(`cannot tell at address: ${says}`);
});

test.each([
  ['http://otel.example.org:4317', 'otel.example.org is outside the cluster'],
  ['http://10.0.0.1:4317', '10.0.0.1 is an address, and which pod has it only the cluster knows'],
  ['http://agent.unread:4317', 'namespace unread was not read'],
])('cannot tell where %s leads', (endpoint, reason) => {
  const explanation = explainedSmall(sendingTo(endpoint));
  expect(messagesOf('address', sendingTo(endpoint))).toEqual([`? cannot tell where ${endpoint} leads`, reason]);
  expect(marksOf(explanation)).toBe('✓???????');
  expect(headlineOf(explanation)).toBe(`cannot tell at address: where ${endpoint} leads`);
});

const noPodIp = { OTEL_RESOURCE_ATTRIBUTES: 'k8s.pod.uid=$(UID)', UID: { fieldRef: { fieldPath: 'metadata.uid' } } };

test.each([
  ['on the network of the node', { hostNetwork: true }, 'broken'],
  ['with the policy that it means there', { hostNetwork: true, dnsPolicy: 'ClusterFirst' }, 'broken'],
  ['with the resolver of the node', { dnsPolicy: 'Default' }, 'broken'],
  ['with servers of its own', { dnsPolicy: 'None', dnsConfig: { nameservers: ['10.0.0.2'] } }, 'unknown'],
  ['with the resolver of the cluster', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }, 'ok'],
  ['on the network of pods', {}, 'ok'],
])('a pod %s (%j) resolves the name of a Service: %s', (_, pod, status) => {
  const hop = explainedSmall({ pod, env: noPodIp }).hops.find(({ name }) => name === 'address');
  expect([hop?.status, hop?.cause]).toEqual([status, status === 'broken' ? 'no-cluster-dns' : undefined]);
});

test('an address of the node needs no resolver', () => {
  const collectorPod = { hostNetwork: true };
  const props = { ...sendingTo('http://$(NODE_IP):4317'), pod: { dnsPolicy: 'Default' }, collectorPod };
  expect(messagesOf('address', props)[0]).toMatch(/^✓/);
});

describe('a port of every node that a Service takes', () => {
  const at = (service: object, more: SmallSystemProps = {}, port = 30317) => ({
    collectorKind: 'Deployment',
    ...more,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://$(NODE_IP):${port}`, ...more.env },
    service: { type: 'NodePort', ports: [{ port: 4317, nodePort: 30317 }], ...service },
  });
  const marks = (props: SmallSystemProps) => {
    expect(differences([{ file: 'system.yaml', text: smallSystem(props) }])).toEqual([]);
    return marksOf(explainedSmall(props));
  };

  test.each(['NodePort', 'LoadBalancer'])('leads to the collector behind it: %s', (type) => {
    expect(marks(at({ type }))).toBe('✓✓✓✓✓✓✓✓');
    expect(messagesOf('address', at({ type }))).toEqual([
      '✓ port 30317 of the node leads to agent.otel',
      'Service agent of namespace otel takes port 30317 of every node',
    ]);
  });

  test('leads to the agent of any node', () => {
    expect(hopOf(explainedSmall(at({}, { collectorKind: 'DaemonSet' })), 'node').cause).toBe('other-nodes');
    expect(marks(at({ externalTrafficPolicy: 'Local' }, { collectorKind: 'DaemonSet' }))).toBe('✓✓?✓✓✓✓✓');
  });

  test('leaves open whose address the connection has', () => {
    const props = at({}, { env: { OTEL_RESOURCE_ATTRIBUTES: undefined } });
    expect(marks(props)).toBe('✓✓✓✓?✓✓✓');
    expect(messagesOf('processors', props)[0]).toBe('? cannot tell whether k8sattributes finds the pod');
  });

  test('is compared with the ports of the pods', () => {
    const props = at({ ports: [{ port: 4317, targetPort: 9999, nodePort: 30317 }] });
    expect(marks(props)).toBe('✓✓✓✗????');
    expect(messagesOf('receiver', props)[0]).toBe('✗ Deployment agent takes no OTLP on port 9999');
  });

  test('is not known where the API server picks it, and is none of a Service of another type', () => {
    expect(messagesOf('address', at({ ports: [{ port: 4317 }] }))[0]?.[0]).toBe('?');
    const other = at({ type: 'ClusterIP' }, { collectorKind: 'DaemonSet' });
    expect(messagesOf('address', other)[0]).toMatch(/^✗ .* is a port of the node that no collector takes$/);
    expect(messagesOf('address', at({}, { collectorKind: 'DaemonSet' }, 30318))[0]?.[0]).toBe('✗');
  });
});
