import { expect, test } from 'vitest';
import { requirePrivilegedCollectorNamespace as rule } from '../../../lib/lint/rules/require-privileged-collector-namespace.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';
import { documents } from './support/manifests.ts';
import { countingSpans, mounted } from './support/mounted.ts';

const namespace = (name: string, label: string) => `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    pod-security.kubernetes.io/${label}
`;
const collector = (pod: string) => mounted({ config: countingSpans(), pod });

test.each(['baseline', 'restricted'])('reports a namespace that enforces %s on the chart’s collectors', (level) => {
  const files = { 'namespace.yaml': namespace('coralogix', `enforce: ${level}`), 'values.yaml': chartValues() };
  expect(report(rule, files)).toEqual([
    {
      at: 'namespace.yaml:6:41',
      message: `namespace coralogix enforces ${level}: no pod of the agent of values.yaml and the cluster collector of values.yaml may use its node there, and none starts`,
      suggestion: 'write: pod-security.kubernetes.io/enforce: privileged',
    },
  ]);
});

test.each([
  ['the network of the node', 'hostNetwork: true'],
  ['a folder of the node', 'volumes: [{ name: root, hostPath: { path: / } }]'],
])('reports a rendered agent that needs %s', (_, pod) => {
  const text = collector(pod).replace(/ {6}volumes:\n.*\n.*\n/, pod.startsWith('volumes') ? '' : '$&');
  const withConfig = text.replace('volumes: [', 'volumes: [{ name: config, configMap: { name: agent-config } }, ');
  expect(report(rule, documents(namespace('otel', 'enforce: baseline'), withConfig))).toMatchObject([
    { at: 'app.yaml:6:41', message: expect.stringContaining('no pod of DaemonSet agent may use its node') },
  ]);
});

test.each([
  ['a privileged namespace', namespace('coralogix', 'enforce: privileged')],
  ['a warning', namespace('coralogix', 'warn: restricted')],
  ['the namespace of the application', namespace('shop', 'enforce: restricted')],
])('does not report %s', (_, text) => {
  expect(report(rule, { 'namespace.yaml': text, 'values.yaml': chartValues() })).toEqual([]);
});

test('does not report a collector of the chart that needs nothing of the node', () => {
  const values = chartValues(`opentelemetry-agent: { enabled: false }
opentelemetry-cluster-collector: { presets: { resourceDetection: { enabled: false } } }
`);
  const files = { 'namespace.yaml': namespace('coralogix', 'enforce: restricted'), 'values.yaml': values };
  expect(report(rule, files)).toEqual([]);
});

test('does not report a collector that needs nothing of the node', () => {
  const text = collector('enableServiceLinks: false');
  expect(report(rule, documents(namespace('otel', 'enforce: restricted'), text))).toEqual([]);
});
