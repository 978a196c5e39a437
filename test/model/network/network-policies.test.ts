import { describe, expect, test } from 'vitest';
import { explainedSmall } from '../../explain/support/explained.ts';
import { differences } from '../../lint/support/differences.ts';
import { collector, type SmallSystemProps, smallSystem } from '../support/small-system.ts';

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

describe('between a collector and Coralogix', () => {
  const own = (...rules: readonly object[]) => policy({ policyTypes: ['Egress'], egress: rules }, 'otel');
  const outside = (cidr: string, ...except: readonly string[]) => ({ to: [{ ipBlock: { cidr, except } }] });
  const exported = (policies: readonly object[], props: SmallSystemProps = {}) => {
    const system = { ...props, more: [...policies, ...(props.more ?? [])] };
    expect(differences([{ file: 'system.yaml', text: smallSystem(system) }])).toEqual([]);
    const hop = explainedSmall(system).hops.find((each) => each.name === 'export');
    return hop?.cause ?? hop?.status;
  };

  test.each([
    ['nothing', [own()], 'network-policy'],
    ['everything', [own({})], 'ok'],
    ['port 443 of every address, and DNS', [own({ ...outside('0.0.0.0/0'), ...port(443) }, dns)], 'ok'],
    [
      'port 443 of every address that is not private, and DNS',
      [own(outside('0.0.0.0/0', '10.0.0.0/8', '169.254.169.254/32'), dns)],
      'ok',
    ],
    ['port 443 alone', [own(port(443))], 'network-policy'],
    ['port 80 and DNS', [own(port(80), dns)], 'network-policy'],
    ['every namespace', [own({ to: [{ namespaceSelector: {} }] })], 'network-policy'],
    ['some addresses', [own({ ...outside('203.0.113.0/24'), ...port(443) }, dns)], 'unknown'],
    ['every address but some', [own(outside('0.0.0.0/0', '203.0.113.0/24'), dns)], 'unknown'],
    [
      'nothing of other pods',
      [policy({ policyTypes: ['Egress'], podSelector: { matchLabels: { app: 'b' } } }, 'otel')],
      'ok',
    ],
    ['what comes in alone', [policy({ policyTypes: ['Ingress'], ingress: [{}] }, 'otel')], 'ok'],
  ])('a policy that lets it connect to %s', (_, policies, expected) => {
    expect(exported(policies)).toBe(expected);
  });

  test('a collector on the network of its node is selected by none', () => {
    expect(
      exported([own()], {
        collectorPod: { hostNetwork: true, volumes: [{ name: 'config', configMap: { name: 'agent' } }] },
      }),
    ).toBe('ok');
  });

  test('a collector with a proxy may send through that', () => {
    const variable = { name: 'HTTPS_PROXY', value: 'http://proxy.proxy:3128' };
    const collectorPod = { containers: [{ name: 'otelcol', image: 'otelcol:1', env: [variable] }] };
    expect(exported([own(dns)], { collectorPod })).toBe('unknown');
  });

  test('the port is that of the exporter', () => {
    const otlp = { endpoint: 'ingress.eu2.coralogix.com:8443' };
    const props = {
      exporters: ['spanmetrics', 'otlp'],
      exporterSettings: { otlp },
      metrics: { exporters: ['otlp'] },
    };
    expect([exported([own(port(443), dns)], props), exported([own(port(8443), dns)], props)]).toEqual([
      'network-policy',
      'ok',
    ]);
  });

  const gateway = collector({ collectorKind: 'Deployment', exporters: ['coralogix'] }, 'gateway');
  const relayed = (policies: readonly object[]) => {
    const props = {
      exporters: ['spanmetrics', 'otlp'],
      exporterSettings: { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
      more: [...gateway, ...policies],
    };
    expect(differences([{ file: 'system.yaml', text: smallSystem(props) }])).toEqual([]);
    return explainedSmall(props).hops.flatMap(({ name: hop, cause, status }) =>
      hop === 'gateway' ? (cause ?? status) : [],
    );
  };
  const of = (app: string, spec: object) => policy({ podSelector: { matchLabels: { app } }, ...spec }, 'otel');

  test.each([
    [
      'what the agent may connect to',
      [of('agent', { policyTypes: ['Egress'], egress: [port(443), dns] })],
      'network-policy',
    ],
    [
      'what the agent may connect to, the gateway among it',
      [of('agent', { policyTypes: ['Egress'], egress: [port(4317), port(443), dns] })],
      'ok',
    ],
    [
      'what may connect to the gateway',
      [of('gateway', { ingress: [{ from: [{ namespaceSelector: name('shop') }] }] })],
      'network-policy',
    ],
    [
      'what may connect to the gateway, the agent among it',
      [of('gateway', { ingress: [{ from: [{ podSelector: {} }] }] })],
      'ok',
    ],
  ])('between an agent and its gateway: %s', (_, policies, expected) => {
    expect(relayed(policies)).toEqual([expected]);
  });
});
