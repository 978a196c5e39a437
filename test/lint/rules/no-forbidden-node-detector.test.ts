import { expect, test } from 'vitest';
import { noForbiddenNodeDetector as rule } from '../../../lib/lint/rules/no-forbidden-node-detector.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { documents } from './support/manifests.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const values = (alias: string, text: string) =>
  chartValues(`opentelemetry-${alias}:\n  ${text.trim().replaceAll('\n', '\n  ')}\n`);
const gateway = (text: string) => values('gateway', `enabled: true\n${text}`);

const say = (alias: string) => ({
  message: `resourcedetection/env of opentelemetry-${alias} asks for its node, which opentelemetry-${alias} may not: the collector does not start`,
  suggestion: `write below opentelemetry-${alias}: presets: { resourceDetection: { detectors: { env: [env, system] } } }`,
});

test('reports the gateway on premises', () => {
  expect(report(rule, gateway('provider: on-prem'))).toEqual([{ at: 'app.yaml:6:3', ...say('gateway') }]);
});

test('reports the agent whose presets let it get no nodes', () => {
  const text = values(
    'agent',
    'provider: on-prem\npresets: { kubeletMetrics: { enabled: false }, kubernetesExtraMetrics: { enabled: false } }',
  );
  expect(report(rule, text)).toEqual([{ at: 'app.yaml:5:3', ...say('agent') }]);
});

test('reports the cluster collector without its metrics', () => {
  const text = values(
    'cluster-collector',
    'provider: on-prem\npresets: { clusterMetrics: { enabled: false }, kubernetesApiServerMetrics: { enabled: false } }',
  );
  expect(report(rule, text)).toEqual([{ at: 'app.yaml:5:3', ...say('cluster-collector') }]);
});

test('reports the receiver, whose own pipeline detects', () => {
  expect(report(rule, values('receiver', 'enabled: true\nprovider: on-prem'))).toMatchObject([say('receiver')]);
});

test('reports detectors that are named', () => {
  expect(report(rule, gateway('presets: { resourceDetection: { detectors: { env: [k8snode] } } }'))).toEqual([
    { at: 'app.yaml:6:48', ...say('gateway') },
  ]);
});

test.each([
  ['no provider', gateway('replicaCount: 2')],
  ['a cloud', gateway('provider: aws')],
  [
    'other detectors',
    gateway('provider: on-prem\npresets: { resourceDetection: { detectors: { env: [env, system] } } }'),
  ],
  ['no detectors', gateway('provider: on-prem\npresets: { resourceDetection: { detectors: { env: [] } } }')],
  ['no detection', gateway('provider: on-prem\npresets: { resourceDetection: { enabled: false } }')],
  [
    'a rule of its own',
    gateway(
      'provider: on-prem\nclusterRole: { create: true, rules: [{ apiGroups: [""], resources: [nodes], verbs: [get] }] }',
    ),
  ],
  ['an account of its own', gateway('provider: on-prem\nserviceAccount: { create: false, name: gateway }')],
  [
    'the agent and the cluster collector as they are',
    `${values('agent', 'provider: on-prem')}opentelemetry-cluster-collector: { provider: on-prem }\n`,
  ],
  ['a gateway that is off', values('gateway', 'provider: on-prem')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

const settings = (its: string, processor: string, detector: string) =>
  `exporters: { coralogix: {} }\nprocessors: { ${processor}: { detectors: [${detector}]${its} } }`;
const rendered = (its = '', processor = 'resourcedetection', detector = 'k8snode') =>
  mounted({
    config: countingSpans({ processors: `k8sattributes, ${processor}`, settings: settings(its, processor, detector) }),
    pod: 'serviceAccountName: agent',
  });
const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: agent, namespace: otel }\n';
const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: agent }
roleRef: { kind: ClusterRole, name: agent }
subjects: [{ kind: ServiceAccount, name: agent, namespace: otel }]
`;
const role = (resource: string) => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: agent }
rules: [{ apiGroups: [""], resources: [pods, ${resource}], verbs: [get, list] }]
`;

test.each([
  ['no role', documents(rendered(), account)],
  ['a role for something else', documents(rendered(), account, binding, role('nodes/stats'))],
])('reports a rendered collector with %s', (_, text) => {
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:13:51',
      message:
        'resourcedetection of DaemonSet agent asks for its node, and no ClusterRole lets it get nodes: the collector does not start',
      suggestion: 'remove k8snode, or let its account get nodes',
    },
  ]);
});

test.each([
  ['a role for nodes', documents(rendered(), account, binding, role('nodes'))],
  ['a role for everything', documents(rendered(), account, binding, role('"*"'))],
  ['a role that was not read', documents(rendered(), account, binding)],
  ['an account that was not read', rendered()],
  ['a way of its own to the API server', documents(rendered(', k8snode: { auth_type: kubeConfig }'), account)],
])('does not report a rendered collector with %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

test('knows the newer names of processor and detector', () => {
  const text = (its = '') => documents(rendered(its, 'resource_detection', 'k8s_api'), account);
  expect(report(rule, text())).toMatchObject([{ suggestion: 'remove k8s_api, or let its account get nodes' }]);
  expect(report(rule, text(', k8s_api: { auth_type: kubeConfig }'))).toEqual([]);
});
