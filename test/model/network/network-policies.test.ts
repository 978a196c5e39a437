import { expect, test } from 'vitest';
import { explainedSmall } from '../../explain/support/explained.ts';
import type { SmallSystemProps } from '../support/small-system.ts';

const policy = (spec: object, namespace = 'shop') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace },
  spec: { podSelector: {}, ...spec },
});

const egress = (...rules: readonly object[]) => policy({ policyTypes: ['Egress'], egress: rules });
const ingress = (...rules: readonly object[]) => policy({ ingress: rules }, 'otel');

const dns = { ports: [{ port: 53, protocol: 'UDP' }] };
const name = (value: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': value } });
const toAgent = { to: [{ namespaceSelector: name('otel'), podSelector: { matchLabels: { app: 'agent' } } }] };
const port = (number: number | string, more: object = {}) => ({ ports: [{ port: number, ...more }] });

/** What the address comes to among policies. */
const statusOf = (policies: readonly object[], props: SmallSystemProps = {}) => {
  const hop = explainedSmall({ ...props, more: policies }).hops.find((each) => each.name === 'address');
  return hop?.cause ?? hop?.status;
};

test.each([
  ['nothing', [egress()], 'network-policy'],
  ['the agent and DNS', [egress({ ...toAgent, ...port(4317) }, dns)], 'ok'],
  ['the agent without DNS', [egress({ ...toAgent, ...port(4317) })], 'network-policy'],
  ['another port', [egress({ ...toAgent, ...port(4318) }, dns)], 'network-policy'],
  ['a range of ports', [egress(port(4000, { endPort: 5000 }), dns)], 'ok'],
  ['every port of TCP, and DNS', [egress({ ports: [{ protocol: 'TCP' }] }, dns)], 'ok'],
  ['another namespace', [egress({ to: [{ namespaceSelector: name('kube-system') }] }, dns)], 'network-policy'],
  ['pods of its own namespace', [egress({ to: [{ podSelector: {} }] }, dns)], 'network-policy'],
  ['every namespace', [egress({ to: [{ namespaceSelector: {} }] })], 'ok'],
  ['everything', [egress({})], 'ok'],
  ['addresses', [egress({ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }, dns)], 'unknown'],
  ['every address', [egress({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] })], 'ok'],
  [
    'a label of a namespace that was not read',
    [egress({ to: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }, dns)],
    'unknown',
  ],
  ['what two policies allow together', [egress({ ...toAgent }), egress(dns)], 'ok'],
  ['incoming connections alone', [policy({ policyTypes: ['Ingress'] })], 'ok'],
  ['nothing of other pods', [policy({ policyTypes: ['Egress'], podSelector: { matchLabels: { app: 'b' } } })], 'ok'],
  [
    'nothing of pods that an expression selects',
    [
      policy({
        policyTypes: ['Egress'],
        podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['api'] }] },
      }),
    ],
    'network-policy',
  ],
])('a policy that lets pods send to %s', (_, policies, expected) => {
  expect(statusOf(policies)).toBe(expected);
});

test.each([
  ['nobody', [ingress()], 'network-policy'],
  ['everybody', [ingress({})], 'ok'],
  ['the application', [ingress({ from: [{ namespaceSelector: name('shop') }] })], 'ok'],
  ['another namespace', [ingress({ from: [{ namespaceSelector: name('monitoring') }] })], 'network-policy'],
  ['its own namespace', [ingress({ from: [{ podSelector: {} }] })], 'network-policy'],
  ['a port by a name that its pods do not have', [ingress(port('otlp'))], 'network-policy'],
  ['addresses', [ingress({ from: [{ ipBlock: { cidr: '10.42.0.0/16' } }] })], 'unknown'],
])('an agent whose policy lets in %s', (_, policies, expected) => {
  expect(statusOf(policies)).toBe(expected);
});

test('policies do not hold on the network of the node', () => {
  const onNode = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' };
  expect(statusOf([ingress()], { collectorPod: onNode })).toBe('ok');
  expect(statusOf([egress()], { pod: onNode })).toBe('ok');
  expect(statusOf([egress({ ...toAgent }, dns)], { collectorPod: onNode })).toBe('unknown');
});

test('the reason names the policy, and the place is its own', () => {
  const { hops } = explainedSmall({ more: [egress(dns)] });
  expect(hops.find((hop) => hop.name === 'address')).toMatchObject({
    message: 'no NetworkPolicy lets the pods of Deployment api connect to port 4317 of DaemonSet agent',
    reasons: [{ message: 'NetworkPolicy policy of namespace shop refuses what none allows' }],
    place: { file: 'app.yaml' },
  });
});
