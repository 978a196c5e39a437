import { expect, test } from 'vitest';
import { validPodIdentity as rule } from '../../../lib/lint/rules/valid-pod-identity.ts';
import { fixed, lintText, placeOf, report } from './support/lint-text.ts';
import { configMap, deployment, documents, field, fromConfigMap, literal } from './support/manifests.ts';

const attributes = (value: string) => literal('OTEL_RESOURCE_ATTRIBUTES', value);

test.each([
  ['k8s.pod.ip', 'status.podIP', 'K8S_POD_IP'],
  ['k8s.pod.name', 'metadata.name', 'K8S_POD_NAME'],
  ['k8s.pod.uid', 'metadata.uid', 'K8S_POD_UID'],
  ['k8s.node.name', 'spec.nodeName', 'K8S_NODE_NAME'],
])('reports %s that is written by hand', (attribute, path, variable) => {
  const text = deployment({ env: attributes(`${attribute}=here`) });
  expect(report(rule, text)).toEqual([
    {
      at: `app.yaml:${placeOf(text, `${attribute}=here`)}`,
      message: `${attribute} of Deployment api is "here", written by hand, not ${path}`,
      suggestion: `write: ${attribute}=$(${variable}), with ${variable} from fieldRef ${path} declared before`,
    },
  ]);
});

test('reports a field that is not its own, and one that is put together', () => {
  const env = field('IP', 'status.hostIP') + field('NAME', 'metadata.name');
  const text = deployment({ env: env + attributes('k8s.pod.ip=$(IP),k8s.pod.name=$(NAME)-0') });
  expect(report(rule, text).map(({ message }) => message)).toEqual([
    'k8s.pod.name of Deployment api is put together from <metadata.name>-0, not metadata.name',
    'k8s.pod.ip of Deployment api is status.hostIP, not status.podIP',
  ]);
});

test('reports a ConfigMap that names a pod, once, and changes nothing there', () => {
  const users = ['a', 'b'].map((name) => deployment({ name, env: fromConfigMap('OTEL_RESOURCE_ATTRIBUTES') }));
  const text = documents(configMap({ OTEL_RESOURCE_ATTRIBUTES: 'k8s.node.name=node-1' }), ...users);
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:7:29',
      message: 'k8s.node.name of Deployment a and Deployment b is "node-1", written by hand, not spec.nodeName',
      suggestion:
        "write: k8s.node.name=$(K8S_NODE_NAME), with K8S_NODE_NAME from fieldRef spec.nodeName declared before, in the container's env",
    },
  ]);
  expect(lintText(rule, text).map(({ fix }) => fix)).toEqual([undefined]);
});

test('declares what is missing, and keeps comments and quotes', () => {
  const text = deployment({
    env: `- name: LOG_LEVEL # for a while
  value: debug
# what the agent looks for
- name: OTEL_RESOURCE_ATTRIBUTES
  value: "team=shop,k8s.pod.ip=10.0.0.1,k8s.node.name=node-1" # by hand`,
  });
  expect(fixed(rule, text)).toBe(
    deployment({
      env: `- name: LOG_LEVEL # for a while
  value: debug
- name: K8S_POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: K8S_NODE_NAME
  valueFrom:
    fieldRef:
      fieldPath: spec.nodeName
# what the agent looks for
- name: OTEL_RESOURCE_ATTRIBUTES
  value: "team=shop,k8s.pod.ip=$(K8S_POD_IP),k8s.node.name=$(K8S_NODE_NAME)" # by hand`,
    }),
  );
});

test('refers to a variable that has the field, and moves it where it is too late', () => {
  const late = field('MY_IP', 'status.podIP');
  const text = deployment({ env: attributes('k8s.pod.ip=10.0.0.1') + late });
  expect(fixed(rule, text)).toBe(deployment({ env: late + attributes('k8s.pod.ip=$(MY_IP)') }));
});

test.each([
  ['in a folded text', '>-\n    a=b,\n    k8s.pod.ip=10.0.0.1', '>-\n    a=b,\n    k8s.pod.ip=$(MY_IP)'],
  ['first in a folded text', '>-\n    k8s.pod.ip=1,\n    a=b', '>-\n    k8s.pod.ip=$(MY_IP),\n    a=b'],
  ['in single quotes', "'k8s.pod.ip=1'", "'k8s.pod.ip=$(MY_IP)'"],
])('writes the reference %s', (_, before, after) => {
  const known = field('MY_IP', 'status.podIP');
  expect(fixed(rule, deployment({ env: known + attributes(before) }))).toBe(
    deployment({ env: known + attributes(after) }),
  );
});

test('declares in JSON, and with Windows line ends', () => {
  const json = (env: string) =>
    `{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "a", "env": [${env}]}]}}`;
  expect(fixed(rule, json('{"name": "OTEL_RESOURCE_ATTRIBUTES", "value": "k8s.pod.uid=1"}'))).toBe(
    json(
      '{"name": "K8S_POD_UID", "valueFrom": {"fieldRef": {"fieldPath": "metadata.uid"}}}, {"name": "OTEL_RESOURCE_ATTRIBUTES", "value": "k8s.pod.uid=$(K8S_POD_UID)"}',
    ),
  );
  const text = deployment({ env: attributes('k8s.pod.uid=1') });
  expect(fixed(rule, text.replaceAll('\n', '\r\n'))).toBe(fixed(rule, text).replaceAll('\n', '\r\n'));
});

test('declares another name where that of the variable is taken', () => {
  const taken = literal('K8S_POD_IP', '10.0.0.1');
  expect(fixed(rule, deployment({ env: taken + attributes('k8s.pod.ip=$(K8S_POD_IP)') }))).toBe(
    deployment({
      env: taken + field('PODHOST_K8S_POD_IP', 'status.podIP') + attributes('k8s.pod.ip=$(PODHOST_K8S_POD_IP)'),
    }),
  );
});

test('suggests the variable that has the field, and that the fix writes', () => {
  const text = deployment({ env: field('MY_UID', 'metadata.uid') + attributes('k8s.pod.uid=1') });
  expect(report(rule, text).map(({ suggestion }) => suggestion)).toEqual([
    'write: k8s.pod.uid=$(MY_UID), with MY_UID from fieldRef metadata.uid declared before',
  ]);
});

test.each([
  [
    'what the downward API gives',
    field('IP', 'status.podIP') + field('NODE', 'spec.nodeName') + attributes('k8s.pod.ip=$(IP),k8s.node.name=$(NODE)'),
  ],
  ['attributes of the workload, which are known', attributes('k8s.namespace.name=shop,k8s.deployment.name=api')],
  ['what is not expanded, which another rule reports', attributes('k8s.pod.ip=$(IP),k8s.pod.name=${NAME}')],
  [
    'what a Secret holds',
    '- {name: S, valueFrom: {secretKeyRef: {name: s, key: k}}}\n'.concat(attributes('k8s.pod.name=$(S)')),
  ],
  ['attributes that were not read', fromConfigMap('OTEL_RESOURCE_ATTRIBUTES')],
])('does not report %s', (_, env) => {
  expect(report(rule, deployment({ env }))).toEqual([]);
});

test('does not report the name of a single pod, nor the address on the network of the node', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata: {name: one}
spec: {containers: [{name: a, env: [{name: OTEL_RESOURCE_ATTRIBUTES, value: k8s.pod.name=one}]}]}
`;
  const another = pod.replace('name: one', 'name: two').replace('k8s.pod.name=', 'k8s.pod.uid=');
  expect(report(rule, another)).toHaveLength(1);
  expect(report(rule, pod.replace('name: one', 'name: two'))).toHaveLength(1);
  const onNode = deployment({ pod: 'hostNetwork: true', env: attributes('k8s.pod.ip=10.0.0.1') });
  expect(report(rule, documents(pod, onNode))).toEqual([]);
});
