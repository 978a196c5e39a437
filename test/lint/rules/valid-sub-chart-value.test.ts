import { expect, test } from 'vitest';
import { validSubChartValue as rule } from '../../../lib/lint/rules/valid-sub-chart-value.ts';
import { chartValues } from './support/collectors.ts';
import { fixed, report } from './support/lint-text.ts';

const refused = (reason: string) => `: helm refuses to install the chart (${reason})`;

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
    {
      at: 'app.yaml:5:3',
      message: message + refused(`(root): Additional property ${line.split(':')[0]} is not allowed`),
      suggestion,
    },
  ]);
});

test.each([
  [
    'mode: DaemonSet',
    '5:9',
    'opentelemetry-agent.mode must be one of daemonset, deployment, statefulset, "" and is "DaemonSet"',
    'write: daemonset',
    'mode: mode must be one of the following: "daemonset", "deployment", "statefulset", ""',
  ],
  [
    'tolerations: { operator: Exists }',
    '5:16',
    'opentelemetry-agent.tolerations must be a list',
    'write a list',
    'tolerations: Invalid type. Expected: array, given: object',
  ],
  [
    'extraEnvs: [A]',
    '5:15',
    'opentelemetry-agent.extraEnvs.0 must be a mapping and is "A"',
    'write a mapping',
    'extraEnvs.0: Invalid type. Expected: object, given: string',
  ],
  [
    'ports: { admin: { containerPort: 1 } }',
    '5:19',
    'opentelemetry-agent.ports.admin needs enabled',
    'write: enabled: …',
    'ports.admin: enabled is required',
  ],
])('reports %s', (line, at, message, suggestion, reason) => {
  expect(report(rule, chartValues(`opentelemetry-agent:\n  ${line}\n`))).toEqual([
    { at: `app.yaml:${at}`, message: message + refused(reason), suggestion },
  ]);
});

test.each([
  ['enabled', '%!t(string=enabled)'],
  ['[]', '[]'],
])('reports a sub-chart that is %s', (value, shown) => {
  expect(report(rule, chartValues(`opentelemetry-gateway: ${value}\n`))).toEqual([
    {
      at: 'app.yaml:4:24',
      message: `opentelemetry-gateway must be a mapping${refused(`type mismatch on opentelemetry-gateway: ${shown}`)}`,
      suggestion: 'write: opentelemetry-gateway: { enabled: true }',
    },
  ]);
});

test('reports a key that is null, which the templates look into', () => {
  expect(report(rule, chartValues('opentelemetry-agent:\n  service: null\n'))).toEqual([
    {
      at: 'app.yaml:5:3',
      message:
        'opentelemetry-agent.service is null, and the templates of the chart look for what it holds: helm refuses to install the chart (at <.Values.service.enabled>: nil pointer evaluating interface {}.enabled)',
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

test.each([
  [
    'ports: { x: { enabled: true, containerPort: 5 } }',
    'service: { enabled: true }',
    'ports.x has no servicePort: the API server rejects the Service, and helm installs nothing',
    'servicePort',
  ],
  [
    'ports: { x: { enabled: true, servicePort: 5 } }',
    '',
    'ports.x has no containerPort: the API server rejects the DaemonSet, and helm installs nothing',
    'containerPort',
  ],
  [
    'ports: { x: { enabled: true, containerPort: 70000 } }',
    '',
    'ports.x has containerPort: 70000, which is no port: the API server rejects the DaemonSet, and helm installs nothing',
    'containerPort',
  ],
])('reports a port that the API server rejects: %s', (line, more, message, key) => {
  expect(report(rule, chartValues(`opentelemetry-agent:\n  ${line}\n  ${more}\n`))).toMatchObject([
    { message: `opentelemetry-agent.${message}`, suggestion: `write: ${key}: …, from 1 to 65535` },
  ]);
});

test.each([
  'ports: { x: { enabled: true, containerPort: 5 } }',
  'ports: { x: { enabled: false } }',
  'ports: { x: { enabled: true, containerPort: 5, hostPort: 0 } }',
])('accepts %s where there is no Service', (line) => {
  expect(report(rule, chartValues(`opentelemetry-agent:\n  ${line}\n  service: { enabled: false }\n`))).toEqual([]);
});
