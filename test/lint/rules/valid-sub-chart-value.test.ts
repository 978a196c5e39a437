import { expect, test } from 'vitest';
import { validSubChartValue as rule } from '../../../lib/lint/rules/valid-sub-chart-value.ts';
import { chartValues } from './support/collectors.ts';
import { fixed, report } from './support/lint-text.ts';

const refused = ': helm refuses to install the chart';

test.each([
  ['replicas: 2', 'opentelemetry-agent has no key replicas', 'write: replicaCount'],
  [
    'hostmetrics: { enabled: true }',
    'opentelemetry-agent has no key hostmetrics',
    'write it below presets: hostMetrics',
  ],
  [
    'resourceCatalog: {}',
    'opentelemetry-agent has no key resourceCatalog',
    'write it below presets: kubernetesResources',
  ],
  [
    'securityContextConstraintsOverwrite: {}',
    'opentelemetry-agent has no key securityContextConstraintsOverwrite',
    'remove it',
  ],
])('reports the unknown key %s', (line, message, suggestion) => {
  expect(report(rule, chartValues(`opentelemetry-agent:\n  ${line}\n`))).toEqual([
    { at: 'app.yaml:5:3', message: message + refused, suggestion },
  ]);
});

test.each([
  [
    'mode: DaemonSet',
    '5:9',
    'opentelemetry-agent.mode must be one of daemonset, deployment, statefulset, "" and is "DaemonSet"',
    'write: daemonset',
  ],
  ['tolerations: { operator: Exists }', '5:16', 'opentelemetry-agent.tolerations must be a list', 'write a list'],
  ['extraEnvs: [A]', '5:15', 'opentelemetry-agent.extraEnvs.0 must be a mapping and is "A"', 'write a mapping'],
  [
    'ports: { admin: { containerPort: 1 } }',
    '5:19',
    'opentelemetry-agent.ports.admin needs enabled',
    'write: enabled: …',
  ],
])('reports %s', (line, at, message, suggestion) => {
  expect(report(rule, chartValues(`opentelemetry-agent:\n  ${line}\n`))).toEqual([
    { at: `app.yaml:${at}`, message: message + refused, suggestion },
  ]);
});

test.each(['enabled', '[]'])('reports a sub-chart that is %s', (value) => {
  expect(report(rule, chartValues(`opentelemetry-gateway: ${value}\n`))).toEqual([
    {
      at: 'app.yaml:4:24',
      message: `opentelemetry-gateway must be a mapping${refused}`,
      suggestion: 'write: opentelemetry-gateway: { enabled: true }',
    },
  ]);
});

test('reports a key that is null, which the templates look into', () => {
  expect(report(rule, chartValues('opentelemetry-agent:\n  service: null\n'))).toEqual([
    {
      at: 'app.yaml:5:3',
      message: 'opentelemetry-agent.service is null: the templates of the chart fail without what it holds',
      suggestion: 'remove service',
    },
  ]);
});

test('mends a name that differs in case alone', () => {
  const text = chartValues('opentelemetry-agent:\n  ExtraEnvs: [] # none\n');
  expect(fixed(rule, text)).toBe(text.replace('ExtraEnvs', 'extraEnvs'));
});

test.each([
  'ports: { otlp: { hostPort: 14317 } }',
  'clusterRole: { name: own }',
  'image: { tag: null }',
  'resources: null',
  'dnsConfig: null',
  'config: { anything: { goes: here } }',
  'podMonitor: { enabled: true, targetLabels: [] }',
  'presets: { nothing: {} }',
])('does not report %s', (line) => {
  expect(report(rule, chartValues(`opentelemetry-agent:\n  ${line}\n`))).toEqual([]);
});
