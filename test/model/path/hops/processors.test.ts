import { describe, expect, test } from 'vitest';
import { explainedSmall, headlineOf, hopOf, marksOf, messagesOf } from '../../../explain/support/explained.ts';
import { differences } from '../../../lint/support/differences.ts';
import { collector, metadata, type SmallSystemProps, settings, smallSystem } from '../../support/small-system.ts';

const meshed = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'otel', labels: { 'istio-injection': 'enabled' } },
};
const own = {
  OTEL_RESOURCE_ATTRIBUTES: 'k8s.pod.name=$(POD_NAME),k8s.node.name=$(NODE)',
  NODE: { fieldRef: { fieldPath: 'spec.nodeName' } },
};
const env = (attributes: string) => ({ env: { OTEL_RESOURCE_ATTRIBUTES: attributes } });

test('tells how the pod is found, and what each processor adds', () => {
  const props = {
    processors: ['memory_limiter', 'resourcedetection', 'resource', 'k8sattributes', 'mystery', 'batch'],
    settings: {
      resourcedetection: { detectors: ['env', 'system', 'ec2'] },
      resource: { attributes: [{ key: 'k8s.cluster.name', value: 'one', action: 'upsert' }] },
    },
  };
  expect(messagesOf('processors', props)).toEqual([
    '✓ k8sattributes finds the pod, and the span has its name and its node',
    "the span has k8s.pod.ip, which is the pod's own",
    'memory_limiter adds nothing, and refuses spans while memory is short',
    'resourcedetection adds host.name, os.type, the cloud attributes of ec2',
    'resource adds k8s.cluster.name',
    'k8sattributes adds k8s.namespace.name, k8s.deployment.name, k8s.node.name, k8s.pod.name',
    'mystery adds what its settings add',
    'batch adds nothing, and sends many spans at once',
  ]);
});

describe('the pod is found by', () => {
  test.each([
    [
      'its UID',
      { OTEL_RESOURCE_ATTRIBUTES: 'k8s.pod.uid=$(UID)', UID: { fieldRef: { fieldPath: 'metadata.uid' } } },
      "the span has k8s.pod.uid, which is the pod's own",
    ],
    ['its connection', { OTEL_RESOURCE_ATTRIBUTES: undefined }, "the connection comes from the pod's own address"],
  ])('%s', (_, env, reason) => {
    const pod_association = [
      { sources: [{ from: 'resource_attribute', name: 'k8s.pod.uid' }] },
      { sources: [{ from: 'connection' }] },
    ];
    const props = {
      env: { POD_NAME: undefined, UID: undefined, ...env },
      settings: { k8sattributes: { pod_association } },
    };
    expect(messagesOf('processors', props).slice(0, 2)).toEqual([
      '✓ k8sattributes finds the pod, and the span has its name and its node',
      reason,
    ]);
  });
});

const onNode = { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' };

describe('breaks', () => {
  test.each([
    ['no k8sattributes', { processors: ['batch'] }, 'no k8sattributes is on the path'],
    [
      'passthrough',
      { settings: { k8sattributes: { passthrough: true } } },
      'k8sattributes has passthrough: true, and looks nothing up',
    ],
    [
      'an address by hand',
      env('k8s.pod.ip=10.1.2.3'),
      'the span has k8s.pod.ip: 10.1.2.3, which is not <status.podIP>, and a source that matches no pod ends the search',
    ],
    [
      'a reference that stays',
      env('k8s.pod.ip=$(NO)'),
      'the span has k8s.pod.ip: $(NO), which is not <status.podIP>, and a source that matches no pod ends the search',
    ],
    ['hostNetwork', { pod: onNode }, "the pod is on its node's network, and its k8s.pod.ip is that of the node"],
    [
      'hostNetwork and the connection',
      { pod: onNode, ...env('a=b') },
      "the pod is on its node's network, and its connections come from the node's address",
    ],
    [
      'batch before it',
      { ...env('a=b'), processors: ['batch', 'k8sattributes'] },
      'batch stands before k8sattributes, and after it no address is left',
    ],
    [
      'a mesh beside the collector',
      { ...env('a=b'), more: [meshed] },
      'the proxy of Istio beside the collector stands between, and every connection has its address',
    ],
    [
      'a mesh',
      { ...env('a=b'), metadata: { annotations: { 'linkerd.io/inject': 'enabled' } } },
      'the proxy of Linkerd stands between, and the connection has its address',
    ],
  ])('with %s', (_, props, reason) => {
    expect(messagesOf('processors', props).slice(0, 2)).toEqual([
      '✗ no processor adds k8s.pod.name and k8s.node.name',
      reason,
    ]);
    expect(marksOf(explainedSmall(props))).toMatch(/^✓{4}✗[^✓]+$/);
  });

  test('with a list that leaves out the node', () => {
    const k8sattributes = {
      ...settings.k8sattributes,
      extract: { metadata: metadata.filter((name) => name !== 'k8s.node.name') },
    };
    expect(headlineOf(explainedSmall({ settings: { k8sattributes } }))).toBe(
      'breaks at processors: k8sattributes does not add k8s.node.name',
    );
  });

  test('with a name of the pod by hand, which k8sattributes leaves alone', () => {
    expect(messagesOf('processors', env('k8s.pod.ip=$(POD_IP),k8s.pod.name=api-0')).slice(0, 2)).toEqual([
      '✗ k8s.pod.name is api-0, from the SDK, and not that of the pod',
      'attributes that the span already has are kept',
    ]);
  });

  test('with a transform that keeps other attributes only', () => {
    const transform = { trace_statements: ['keep_keys(resource.attributes, ["service.name"])'] };
    const props = { processors: ['k8sattributes', 'transform'], settings: { transform } };
    expect(messagesOf('processors', props)[0]).toBe('✗ transform takes k8s.pod.name away before the span is counted');
    expect(messagesOf('processors', props)[1]).toMatch(
      /^transform adds what its settings add, and removes .*k8s\.pod\.name/,
    );
  });
});

test('needs no k8sattributes where the SDK names pod and node itself', () => {
  expect(messagesOf('processors', { env: own, processors: ['batch'] }).slice(0, 2)).toEqual([
    '✓ no processor finds the pod; the SDK itself sets pod and node',
    'no k8sattributes is on the path',
  ]);
});

test('cannot tell whether an address of a Secret is right', () => {
  const secret = { secretKeyRef: { name: 'a', key: 'b' } };
  const props = { env: { IP: secret, OTEL_RESOURCE_ATTRIBUTES: 'k8s.pod.ip=$(IP)' } };
  expect(messagesOf('processors', props)[0]).toMatch(/^\? cannot tell whether/);
});

describe('an agent that deletes what it adds, before a gateway that looks up pods too', () => {
  const sources = ['k8s.pod.uid', 'k8s.pod.ip'].map((name) => ({ sources: [{ from: 'resource_attribute', name }] }));
  const k8sattributes = {
    extract: { metadata: [...metadata, 'k8s.pod.uid', 'k8s.pod.ip'] },
    pod_association: [...sources, { sources: [{ from: 'connection' }] }],
  };
  const deleting = (...names: readonly string[]) => ({
    processors: ['k8sattributes', 'resource'],
    settings: { k8sattributes, resource: { attributes: names.map((key) => ({ key, action: 'delete' })) } },
  });
  const tiers = (agent: SmallSystemProps, gateway: SmallSystemProps = {}): SmallSystemProps => ({
    env: { OTEL_RESOURCE_ATTRIBUTES: undefined },
    exporters: ['otlp'],
    exporterSettings: { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
    ...agent,
    more: collector({ collectorKind: 'Deployment', settings: { k8sattributes }, ...gateway }, 'gateway'),
  });
  const names = ['k8s.pod.name', 'k8s.node.name'];

  test.each([
    ['is whole where an attribute of the pod is left', tiers(deleting(...names, 'k8s.pod.uid')), '✓'],
    ['is broken where only the connection is left', tiers(deleting(...names, 'k8s.pod.uid', 'k8s.pod.ip')), '✗'],
    [
      'is broken where the agent has counted the span',
      tiers({ ...deleting(...names), exporters: ['spanmetrics', 'otlp'] }, { exporters: ['coralogix'] }),
      '✗',
    ],
    ['is broken where the name of the service is deleted', tiers(deleting('service.name')), '✗'],
    [
      'is broken where the gateway writes another name behind',
      tiers(deleting(...names), {
        processors: ['k8sattributes', 'resource'],
        settings: {
          k8sattributes,
          resource: { attributes: [{ key: 'k8s.pod.name', value: 'one', action: 'upsert' }] },
        },
      }),
      '✗',
    ],
  ])('%s', (_, props, mark) => {
    expect(messagesOf('processors', props)[0]?.[0]).toBe(mark);
    expect(differences([{ file: 'system.yaml', text: smallSystem(props) }])).toEqual([]);
  });

  test('is broken at the gateway where that one deletes it again', () => {
    const props = tiers(deleting(...names), deleting(...names));
    const { line = 0 } = hopOf(explainedSmall(props), 'processors').place ?? {};
    expect(smallSystem(props).split('\n').slice(0, line).join('\n')).toContain('name: gateway\n');
  });
});

test('is judged where the last collector sends the span, if nothing counts it', () => {
  const gateway = collector({ collectorKind: 'Deployment', exporters: ['coralogix'] }, 'gateway');
  const props = {
    processors: [],
    exporters: ['otlp'],
    exporterSettings: { otlp: { endpoint: 'gateway.otel:4317', tls: { insecure: true } } },
    more: gateway,
  };
  expect(messagesOf('processors', props)[0]).toBe(
    '✓ k8sattributes finds the pod, and the span has its name and its node',
  );
});
