import { expect, test } from 'vitest';
import { requirePodAndHostMetrics as rule } from '../../../lib/lint/rules/require-pod-and-host-metrics.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';

const values = (alias: string, text: string) =>
  chartValues(`opentelemetry-${alias}:\n  ${text.trim().replaceAll('\n', '\n  ')}\n`);
const off = (alias: string, preset: string) => values(alias, `presets:\n  ${preset}:\n    enabled: false # cost`);

test.each([
  ['agent', 'kubeletMetrics', 'the POD tab has no CPU, memory or network'],
  ['agent', 'hostMetrics', 'the HOST tab has no CPU, memory or disk'],
  ['agent', 'resourceDetection', 'spans name no host, and the HOST tab stays empty'],
  ['cluster-collector', 'clusterMetrics', 'there is no state of deployments, pods and nodes'],
])('reports the %s without %s', (alias, preset, without) => {
  expect(report(rule, off(alias, preset))).toEqual([
    {
      at: 'app.yaml:7:16',
      message: `${preset} of opentelemetry-${alias} is off: ${without}`,
      suggestion: 'write: enabled: true',
    },
  ]);
});

test('reports each of several', () => {
  const text = values('agent', 'presets: { hostMetrics: { enabled: false }, kubeletMetrics: { enabled: null } }');
  expect(report(rule, text)).toMatchObject([
    { message: expect.stringContaining('kubeletMetrics') },
    { message: expect.stringContaining('hostMetrics') },
  ]);
});

test.each([
  ['what is on', values('agent', 'presets: { hostMetrics: { enabled: true }, kubeletMetrics: {} }')],
  ['an agent that is off', values('agent', 'enabled: false\npresets: { hostMetrics: { enabled: false } }')],
  ['presets that the view does not need', values('agent', 'presets: { statsdReceiver: { enabled: false } }')],
  [
    'what GKE Autopilot does not allow',
    values(
      'agent',
      'distribution: gke/autopilot\npresets: { hostMetrics: { enabled: false }, resourceDetection: { enabled: false } }',
    ),
  ],
  [
    'a receiver by hand',
    values(
      'agent',
      'presets: { kubeletMetrics: { enabled: false } }\nextraConfig:\n  receivers: { kubeletstats: {} }\n  service: { pipelines: { metrics: { receivers: [kubeletstats] } } }',
    ),
  ],
  [
    'detection by hand',
    values(
      'agent',
      'presets: { resourceDetection: { enabled: false } }\nconfig: { service: { pipelines: { traces: { processors: [resourcedetection/env] } } } }',
    ),
  ],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});

test('reports what another installation switches on, and does not report what a layer of the same one does', () => {
  const files = {
    'values.yaml': off('agent', 'hostMetrics'),
    'values-production.yaml': chartValues('opentelemetry-agent: { presets: { hostMetrics: { enabled: true } } }\n'),
  };
  expect(report(rule, files).map(({ at }) => at)).toEqual(['values.yaml:7:16']);
  expect(report(rule, files, { valuesFiles: Object.keys(files), areLayers: true })).toEqual([]);
});
