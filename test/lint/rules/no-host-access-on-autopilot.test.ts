import { expect, test } from 'vitest';
import { noHostAccessOnAutopilot as rule } from '../../../lib/lint/rules/no-host-access-on-autopilot.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';

test.each([
  [
    'checkpoints on the node',
    chartValues(
      `opentelemetry-agent:\n  distribution: gke/autopilot\n  hostNetwork: false\n  presets: { hostMetrics: { enabled: false }, resourceDetection: { enabled: false }, logsCollection: { enabled: true, storeCheckpoints: true } }\n`,
    ),
    {
      at: 'app.yaml:7:137',
      message:
        'storeCheckpoints mounts a path of the node for writing, which GKE Autopilot refuses: opentelemetry-agent gets no pods',
      suggestion: 'write: storeCheckpoints: false',
    },
  ],
  [
    'metrics of the host',
    chartValues(
      `opentelemetry-agent:\n  distribution: gke/autopilot\n  hostNetwork: false\n  presets: { hostMetrics: { enabled: true }, resourceDetection: { enabled: false }, logsCollection: { enabled: true, storeCheckpoints: false } }\n`,
    ),
    {
      message:
        'the preset hostMetrics mounts the file system of the node, which GKE Autopilot refuses: opentelemetry-agent gets no pods',
    },
  ],
  [
    'a volume',
    chartValues(
      `opentelemetry-agent:\n  distribution: gke/autopilot\n  hostNetwork: false\n  presets: { hostMetrics: { enabled: false }, resourceDetection: { enabled: false }, logsCollection: { enabled: true, storeCheckpoints: false } }\n  extraVolumes: [{ name: data, hostPath: { path: /var/lib/data } }]\n`,
    ),
    {
      message:
        'the volume data mounts /var/lib/data of the node, which GKE Autopilot refuses: opentelemetry-agent gets no pods',
    },
  ],
  [
    'what the chart has on by default',
    chartValues('opentelemetry-agent: { distribution: gke/autopilot }\n'),
    { at: 'app.yaml:4:38' },
  ],
])('reports %s', (_, text, finding) => {
  expect(report(rule, text)).toMatchObject([finding]);
});

test.each([
  [
    'what the values file for Autopilot switches off',
    chartValues(
      `opentelemetry-agent:\n  distribution: gke/autopilot\n  hostNetwork: false\n  presets: { hostMetrics: { enabled: false }, resourceDetection: { enabled: false }, logsCollection: { enabled: true, storeCheckpoints: false } }\n`,
    ),
  ],
  [
    'logs that are mounted for reading',
    chartValues(
      `opentelemetry-agent:\n  distribution: gke/autopilot\n  hostNetwork: false\n  presets: { hostMetrics: { enabled: false }, resourceDetection: { enabled: false }, logsCollection: { enabled: true, storeCheckpoints: false } }\n  extraVolumes: [{ name: logs, hostPath: { path: /var/log/pods } }]\n  extraVolumeMounts: [{ name: logs, mountPath: /var/log/pods, readOnly: true }]\n`,
    ),
  ],
  ['another distribution', chartValues('opentelemetry-agent: { distribution: eks }\n')],
])('does not report %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
