import { expect, test } from 'vitest';
import { requireWholePath as rule } from '../../../lib/lint/rules/require-whole-path.ts';
import {
  collector,
  connector,
  coralogix,
  type SmallSystemProps,
  smallSystem,
} from '../../model/support/small-system.ts';
import { report } from './support/lint-text.ts';

const toGateway = { 'otlp/gateway': { endpoint: 'gateway.otel:4317', tls: { insecure: true } } };
const gateway = (props: SmallSystemProps) => collector({ ...props, collectorKind: 'Deployment' }, 'gateway');

const broken: readonly (readonly [string, SmallSystemProps, string])[] = [
  [
    'a port on which no receiver listens',
    { receiver: { grpc: { endpoint: '0.0.0.0:5317' } } },
    'receiver: DaemonSet agent takes no OTLP on port 4317, because it listens on 5317 (gRPC)',
  ],
  [
    'a gateway without an OTLP receiver',
    {
      exporters: ['spanmetrics', 'otlp/gateway'],
      exporterSettings: toGateway,
      more: gateway({ receiver: {} }),
    },
    'gateway: Deployment gateway takes no spans, because otlp/gateway of DaemonSet agent sends it on',
  ],
  [
    'a name that the resolver of the node does not know',
    { pod: { dnsPolicy: 'Default' } },
    'address: the pod does not resolve http://agent.otel:4317, because dnsPolicy: Default asks the resolver of the node, which knows no Service',
  ],
  [
    'a policy that lets no span out',
    {
      more: [
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: 'deny', namespace: 'shop' },
          spec: { podSelector: {}, policyTypes: ['Egress'] },
        },
      ],
    },
    'address: no NetworkPolicy lets the pods of Deployment api connect to port 4317 of DaemonSet agent, because NetworkPolicy deny of namespace shop refuses what none allows',
  ],
  [
    'a gateway whose name the agent does not resolve',
    {
      exporters: ['spanmetrics', 'otlp/gateway'],
      exporterSettings: toGateway,
      collectorPod: { hostNetwork: true },
      more: gateway({}),
    },
    'gateway: DaemonSet agent does not resolve gateway.otel, because on the network of the node, without dnsPolicy: ClusterFirstWithHostNet, the resolver of the node is asked, which knows no Service',
  ],
  [
    'a gateway without a certificate for an exporter that speaks TLS',
    {
      exporters: ['spanmetrics', 'otlp/gateway'],
      exporterSettings: { 'otlp/gateway': { endpoint: 'gateway.otel:4317' } },
      more: gateway({}),
    },
    'gateway: otlp/gateway of DaemonSet agent speaks TLS, and Deployment gateway has no certificate, because without tls.insecure an exporter speaks TLS',
  ],
  [
    'a gateway that takes HTTP where gRPC is sent',
    {
      exporters: ['spanmetrics', 'otlp/gateway'],
      exporterSettings: toGateway,
      more: gateway({ receiver: { http: { endpoint: '0.0.0.0:4317' } } }),
    },
    'gateway: Deployment gateway takes no gRPC on port 4317, because otlp/gateway of DaemonSet agent sends gRPC there, and it listens on 4317 (HTTP)',
  ],
  [
    'a gateway that listens for itself',
    {
      exporters: ['spanmetrics', 'otlp/gateway'],
      exporterSettings: toGateway,
      more: gateway({ receiver: { grpc: {} } }),
    },
    'gateway: no other pod reaches localhost:4317 of Deployment gateway, because receiver otlp of Deployment gateway listens on localhost:4317',
  ],
  [
    'a gateway that samples by no policy',
    {
      exporters: ['spanmetrics', 'otlp/gateway'],
      exporterSettings: toGateway,
      more: gateway({ processors: ['tail_sampling'], settings: { tail_sampling: {} } }),
    },
    'gateway: Deployment gateway keeps no trace, because tail_sampling has no policies',
  ],
  [
    'load balancing to a gateway that is not there',
    {
      exporters: ['spanmetrics', 'loadbalancing'],
      exporterSettings: { loadbalancing: { resolver: { dns: { hostname: 'gateway.otel' } } } },
    },
    'gateway: the span goes to a gateway that does not exist, because loadbalancing of DaemonSet agent sends it on',
  ],
  [
    'traces that no exporter sends',
    { exporters: ['spanmetrics'] },
    'export: the span stays in DaemonSet agent, because no exporter sends traces',
  ],
  [
    'span metrics that no exporter sends',
    { metrics: { exporters: ['debug'] } },
    'export: the span metrics stay in the collector, because pipeline metrics has no exporter',
  ],
  [
    'a label that is left out',
    { connector: { ...connector, exclude_dimensions: ['status.code'] } },
    'spanmetrics: calls_total has no label status.code, because it is neither a dimension nor an attribute of the resource',
  ],
  [
    'names of the team that are on no span',
    { exporterSettings: { coralogix: { ...coralogix, application_name_attributes: ['team'] } } },
    'Coralogix: application otel, subsystem api: the defaults, which all unnamed data shares, because the span has none of the attributes that the application is named after',
  ],
];

test.each(broken)('reports %s', (_, props, message) => {
  expect(report(rule, smallSystem(props))).toMatchObject([
    { message: `the path of the spans of Deployment api is broken at ${message}`, suggestion: expect.any(String) },
  ]);
});

test('does not report a whole path, nor what other rules report', () => {
  expect(report(rule, smallSystem())).toEqual([]);
  expect(report(rule, smallSystem({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4317' } }))).toEqual([]);
});

test('suggests the port of the pods where the Service names another one', () => {
  const text = smallSystem({ service: { ports: [{ port: 4317, targetPort: 5317 }] } });
  expect(report(rule, text)).toMatchObject([{ suggestion: 'write in Service agent: targetPort: 4317' }]);
});

test.each([
  [{ pod: { hostNetwork: true } }, 'write in the pod template: dnsPolicy: ClusterFirstWithHostNet'],
  [{ pod: { dnsPolicy: 'Default' } }, 'write in the pod template: dnsPolicy: ClusterFirst'],
  [
    {
      exporters: ['spanmetrics', 'otlp/gateway'],
      exporterSettings: toGateway,
      collectorPod: { dnsPolicy: 'Default' },
      more: gateway({}),
    },
    'write in the pods of DaemonSet agent: dnsPolicy: ClusterFirst',
  ],
])('suggests the policy of DNS for %j', (props, suggestion) => {
  expect(report(rule, smallSystem(props)).map((finding) => finding.suggestion)).toContain(suggestion);
});
