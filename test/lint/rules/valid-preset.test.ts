import { expect, test } from 'vitest';
import { validPreset as rule } from '../../../lib/lint/rules/valid-preset.ts';
import { chartValues } from './support/collectors.ts';
import { fixed, modelOf, report } from './support/lint-text.ts';

const agent = (presets: string) =>
  chartValues(`opentelemetry-agent:\n  presets:\n    ${presets.trim().replaceAll('\n', '\n    ')}\n`);

const refused = (reason: string) => `: helm refuses to install the chart (presets.${reason})`;

test.each([
  ['hostmetrics', 'hostMetrics'],
  ['kubeletstats', 'kubeletMetrics'],
  ['kubernetesMetrics', 'clusterMetrics'],
  ['resourceCatalog', 'kubernetesResources'],
  ['spanMetric', 'spanMetrics'],
])('reports the unknown preset %s', (written, meant) => {
  expect(report(rule, agent(`${written}: { enabled: true }`))).toEqual([
    {
      at: 'app.yaml:6:5',
      message: `opentelemetry-agent.presets has no key ${written}: helm refuses to install the chart (presets: Additional property ${written} is not allowed)`,
      suggestion: `write: ${meant}`,
    },
  ]);
});

test('says what there is when nothing resembles an unknown setting', () => {
  expect(report(rule, agent('kubeletMetrics:\n  authentication: token'))).toEqual([
    {
      at: 'app.yaml:7:7',
      message: `opentelemetry-agent.presets.kubeletMetrics has no key authentication${refused('kubeletMetrics: Additional property authentication is not allowed')}`,
      suggestion: 'remove it, the keys there are enabled, collectionInterval',
    },
  ]);
});

test('reports dimensions of spanMetrics, which are called otherwise', () => {
  const text = agent('spanMetrics:\n  # ours\n  dimensions: # all\n    - name: a');
  expect(report(rule, text)).toEqual([
    {
      at: 'app.yaml:8:7',
      message: `opentelemetry-agent.presets.spanMetrics has no key dimensions${refused('spanMetrics: Additional property dimensions is not allowed')}`,
      suggestion: 'write: extraDimensions',
    },
  ]);
  expect(fixed(rule, text)).toBe(text.replace('dimensions:', 'extraDimensions:'));
});

test('leaves a name alone that nobody can be sure of, or that is taken', () => {
  const unsure = agent('spanMetric: { enabled: true }');
  const taken = agent('hostmetrics: { enabled: true }\nhostMetrics: { enabled: true }');
  expect([unsure, taken].flatMap((text) => rule.check(modelOf(text)).map(({ fix }) => fix))).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([
  [
    'hostMetrics:\n  enabled: "true"',
    '7:16',
    'hostMetrics.enabled must be true or false and is "true"',
    'write it without quotes: true',
    'hostMetrics.enabled: Invalid type. Expected: boolean, given: string',
  ],
  [
    'hostMetrics:\n  collectionInterval: 30',
    '7:27',
    'hostMetrics.collectionInterval must be text and is 30',
    'write it in quotes: "30"',
    'hostMetrics.collectionInterval: Invalid type. Expected: string, given: integer',
  ],
  [
    'spanMetrics:\n  extraDimensions: http.method',
    '7:24',
    'spanMetrics.extraDimensions must be a list and is "http.method"',
    'write a list',
    'spanMetrics.extraDimensions: Invalid type. Expected: array, given: string',
  ],
  [
    'spanMetrics: true',
    '6:18',
    'spanMetrics must be a mapping and is true',
    'write a mapping',
    'spanMetrics: Invalid type. Expected: object, given: boolean',
  ],
  [
    'batch:\n  sendBatchSize: 1.5',
    '7:22',
    'batch.sendBatchSize must be a whole number and is 1.5',
    'write a whole number',
    'batch.sendBatchSize: Invalid type. Expected: integer, given: number',
  ],
  [
    'headSampling:\n  percentage: 101',
    '7:19',
    'headSampling.percentage must be a number from 0 to 100 and is 101',
    'write a number from 0 to 100',
    'headSampling.percentage: Must be less than or equal to 100',
  ],
  [
    'loadBalancing:\n  pipelines: [trace]',
    '7:19',
    'loadBalancing.pipelines.0 must be one of logs, metrics, traces, profiles and is "trace"',
    'write: traces',
    'loadBalancing.pipelines.0: presets.loadBalancing.pipelines.0 must be one of the following: "logs", "metrics", "traces", "profiles"',
  ],
  [
    'coralogixExporter:\n  privateKey: [a]',
    '7:19',
    'coralogixExporter.privateKey must be text',
    'write text',
    'coralogixExporter.privateKey: Invalid type. Expected: string, given: array',
  ],
])('reports %j', (presets, at, message, suggestion, reason) => {
  expect(report(rule, agent(presets))).toEqual([
    { at: `app.yaml:${at}`, message: `opentelemetry-agent.presets.${message}${refused(reason)}`, suggestion },
  ]);
});

test('reports what an entry of a list lacks', () => {
  expect(report(rule, agent('prometheusMulti:\n  targets:\n    - port: 80'))).toEqual([
    {
      at: 'app.yaml:8:11',
      message: `opentelemetry-agent.presets.prometheusMulti.targets.0 needs name${refused('prometheusMulti.targets.0: name is required')}`,
      suggestion: 'write: name: …',
    },
  ]);
  expect(report(rule, agent('ecsLogsCollection:\n  multiline: { omitPattern: true }'))).toMatchObject([
    { suggestion: 'keep one of lineStartPattern and lineEndPattern' },
  ]);
});

test('reports null where there is nothing to take away, and where the templates need something', () => {
  expect(report(rule, agent('hostMetrics:\n  collectionInterval: null'))).toEqual([
    {
      at: 'app.yaml:7:27',
      message: `opentelemetry-agent.presets.hostMetrics.collectionInterval is null, and the chart has no value there that null could remove${refused('hostMetrics.collectionInterval: Invalid type. Expected: string, given: null')}`,
      suggestion: 'remove collectionInterval',
    },
  ]);
  expect(report(rule, agent('hostMetrics: null'))).toEqual([
    {
      at: 'app.yaml:6:5',
      message:
        'opentelemetry-agent.presets.hostMetrics is null, and the templates of the chart look for what it holds: helm refuses to install the chart (at <.Values.presets.hostMetrics.enabled>: nil pointer evaluating interface {}.enabled)',
      suggestion: 'write: hostMetrics: { enabled: false }',
    },
  ]);
});

test('reports what the templates refuse, in the words of helm', () => {
  expect(report(rule, agent('hostMetrics: { enabled: false }'))).toEqual([
    {
      at: 'app.yaml:6:18',
      message: 'helm refuses to install the chart: hostEntityEvents preset requires hostMetrics preset to be enabled',
      suggestion: 'write: hostMetrics: { enabled: true }, or hostEntityEvents: { enabled: false }',
    },
  ]);
});

test('never shows a key', () => {
  const key = 'cxtp_Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFi';
  expect(JSON.stringify(report(rule, agent(`coralogixExporter:\n  enabled: ${key}`)))).not.toContain(key);
});

test.each([
  'kubeletMetrics: { enabled: null }',
  'hostMetrics: { enabled: yes, collectionInterval: "{{ .Values.global.collectionInterval }}" }',
  'spanMetrics: { enabled: "${SPAN_METRICS}", extraDimensions: [{ name: a, default: b }], histogramBuckets: [1ms] }',
  'spanMetricsSanitization: null',
  'spanMetricsSanitization: { enabled: auto }',
  'collectorMetrics: { anything: 1 }',
  'resourceDetection: { detectors: { env: null, cloud: [ec2] } }',
])('does not report %s', (presets) => {
  expect(report(rule, agent(presets))).toEqual([]);
});

test('does not report a sub-chart that is not installed, since helm does not look at it', () => {
  expect(report(rule, chartValues('opentelemetry-gateway:\n  presets: { nothing: {} }\n'))).toEqual([]);
  expect(
    report(rule, chartValues('opentelemetry-gateway:\n  enabled: true\n  presets: { nothing: {} }\n')),
  ).toHaveLength(1);
});
