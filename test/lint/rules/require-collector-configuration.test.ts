import { expect, test } from 'vitest';
import { requireCollectorConfiguration as rule } from '../../../lib/lint/rules/require-collector-configuration.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';

const reports = (...lines: readonly string[]) =>
  report(rule, chartValues(`opentelemetry-agent:\n${lines.map((line) => `  ${line}\n`).join('')}`));

const withoutConfigMap = 'configMap: { create: false }';

test.each([
  [[]],
  [['command: { extraArgs: [--feature-gates=x] }']],
  [['command: { extraArgs: [--config=/x] }', 'presets: { fleetManagement: { supervisor: { enabled: true } } }']],
])('reports a collector without ConfigMap that names no configuration: %j', (more) => {
  expect(reports(withoutConfigMap, ...more)).toEqual([
    {
      at: 'app.yaml:5:24',
      message:
        'the agent of app.yaml has no configuration: configMap.create is off and its command names none, so it does not start',
      suggestion: 'write below opentelemetry-agent: configMap: { create: true }',
    },
  ]);
});

test.each([
  'command: { extraArgs: [--config=file:/x] }',
  'command: { extraArgs: [--config, /x] }',
  'command: { name: mine }',
])('cannot tell what one does that may have another: %s', (command) => {
  expect(reports(withoutConfigMap, command)).toMatchObject([
    {
      message: 'what the agent of app.yaml does is not known: its command names a configuration that was not read',
      cannotTell: true,
    },
  ]);
});

test('does not report one with a ConfigMap, nor one of an operator, which always has one', () => {
  expect(reports('configMap: { create: true }')).toEqual([]);
  expect(reports(withoutConfigMap, 'collectorCRD: { generate: true }')).toEqual([]);
});
