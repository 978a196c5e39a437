import { expect, test } from 'vitest';
import { requirePodUidOnHostNetwork as rule } from '../../../lib/lint/rules/require-pod-uid-on-host-network.ts';
import { fixed, placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, field, fromConfigMap, literal } from './support/manifests.ts';

const pod = 'hostNetwork: true';
const name = literal('OTEL_SERVICE_NAME', 'api');
const attributes = (value: string) => literal('OTEL_RESOURCE_ATTRIBUTES', value);
const uid = field('K8S_POD_UID', 'metadata.uid');
const add = 'add: k8s.pod.uid=$(K8S_POD_UID), with K8S_POD_UID from fieldRef metadata.uid';

test('reports a pod without attributes at its hostNetwork, and adds them', () => {
  const text = deployment({ pod, env: name });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, 'true')}`,
      message: 'Deployment api is on the network of its node and sends no k8s.pod.uid',
      suggestion: add,
    },
  ]);
  expect(fixed(rule, text)).toBe(deployment({ pod, env: name + uid + attributes('k8s.pod.uid=$(K8S_POD_UID)') }));
});

test('reports attributes without the UID where they stand, and adds it', () => {
  const text = deployment({ pod, env: attributes('team=shop') });
  expect(report(rule, text)).toMatchObject([{ at: `app.yaml:${placeOf(text, 'team=shop')}`, suggestion: add }]);
  expect(fixed(rule, text)).toBe(deployment({ pod, env: uid + attributes('team=shop,k8s.pod.uid=$(K8S_POD_UID)') }));
});

test.each([
  ['first', 'k8s.pod.ip=$(IP),k8s.pod.uid=$(K8S_POD_UID)'],
  ['last', 'k8s.pod.uid=$(K8S_POD_UID),k8s.pod.ip=$(IP)'],
])('reports the address beside the UID, and takes it out where it is %s', (_, value) => {
  const env = field('IP', 'status.podIP') + uid;
  const text = deployment({ pod, env: env + attributes(value) });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, value)}`,
      message: "Deployment api is on the network of its node and sends k8s.pod.ip, which is the node's address",
      suggestion: 'remove k8s.pod.ip',
    },
  ]);
  expect(fixed(rule, text)).toBe(deployment({ pod, env: env + attributes('k8s.pod.uid=$(K8S_POD_UID)') }));
});

test('reports the address in place of the UID, and puts the UID there', () => {
  const text = deployment({ pod, env: attributes('a=b,k8s.pod.ip=10.0.0.1,c=d') });
  expect(report(rule, text)).toMatchObject([{ suggestion: `${add}, and remove k8s.pod.ip` }]);
  expect(fixed(rule, text)).toBe(deployment({ pod, env: uid + attributes('a=b,c=d,k8s.pod.uid=$(K8S_POD_UID)') }));
});

test('reports attributes of a ConfigMap, and offers no change of it', () => {
  const text = documents(
    configMap({ OTEL_RESOURCE_ATTRIBUTES: 'team=shop' }),
    deployment({ pod, env: fromConfigMap('OTEL_RESOURCE_ATTRIBUTES') }),
  );
  expect(report(rule, text)).toMatchObject([{ at: `app.yaml:${placeOf(text, 'true')}` }]);
});

test.each([
  ['the UID', { pod, env: uid + attributes('k8s.pod.uid=$(K8S_POD_UID)') }],
  ['a pod with a network of its own', { env: name }],
  ['a pod that sends no spans', { pod, image: 'node-exporter:1' }],
  ['a collector', { pod, image: 'otel/opentelemetry-collector:0.155.0', env: attributes('a=b') }],
  [
    'variables that the operator adds',
    { pod, metadata: 'annotations: {instrumentation.opentelemetry.io/inject-go: "true"}' },
  ],
  ['attributes that were not read', { pod, env: fromConfigMap('OTEL_RESOURCE_ATTRIBUTES') }],
])('does not report %s', (_, props) => {
  expect(report(rule, deployment(props))).toEqual([]);
});
