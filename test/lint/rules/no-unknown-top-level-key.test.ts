import { expect, test } from 'vitest';
import { noUnknownTopLevelKey as rule } from '../../../lib/lint/rules/no-unknown-top-level-key.ts';
import { chartValues } from './support/collectors.ts';
import { report } from './support/lint-text.ts';

const plan = `presets:
  hostmetrics:
    enabled: true
  kubeletstats:
    enabled: true
  kubernetesAttributes:
    enabled: true
  kubernetesMetrics:
    enabled: true
  loadBalancing:
    enabled: true
  spanMetrics:
    enabled: true
    dimensions:
      - name: http.method
`;

const noEffect = 'presets has no effect at the top level: otel-integration reads it below a sub-chart only';

test('reports presets at the top level once, and where each of them belongs', () => {
  expect(report(rule, plan)).toEqual([
    {
      at: 'app.yaml:1:1',
      message: noEffect,
      suggestion:
        'write below opentelemetry-agent.presets: hostMetrics (hostmetrics here), kubeletMetrics (kubeletstats here), kubernetesAttributes, loadBalancing, spanMetrics with extraDimensions (dimensions here); below opentelemetry-cluster-collector.presets: kubernetesAttributes, clusterMetrics (kubernetesMetrics here)',
    },
  ]);
});

test('reports presets beside sub-charts, whatever they hold', () => {
  expect(report(rule, chartValues('presets: {}\nopentelemetry-agent: {}\n'))).toEqual([
    { at: 'app.yaml:4:1', message: noEffect, suggestion: 'write them below opentelemetry-agent' },
  ]);
  expect(report(rule, chartValues('presets:\n  spanMetric: { enabled: true }\n'))).toMatchObject([
    { suggestion: 'write below opentelemetry-agent.presets: spanMetrics (spanMetric here)' },
  ]);
});

test('reports another key of a sub-chart', () => {
  expect(report(rule, chartValues('extraEnvs: []\n'))).toEqual([
    {
      at: 'app.yaml:4:1',
      message: 'extraEnvs has no effect at the top level: otel-integration reads it below a sub-chart only',
      suggestion: 'write it below opentelemetry-agent, or the sub-chart that it is for',
    },
  ]);
});

test('reports the name of the chart that the sub-charts are', () => {
  expect(report(rule, chartValues('opentelemetry-collector: {}\n'))).toEqual([
    {
      at: 'app.yaml:4:1',
      message: 'opentelemetry-collector has no effect: otel-integration installs that chart under other names',
      suggestion:
        'write: opentelemetry-agent for the collector on every node, opentelemetry-cluster-collector for the one of the cluster',
    },
  ]);
});

test.each([
  ['opentelemetry-agnet', 'write: opentelemetry-agent'],
  ['opentelemetryAgent', 'write: opentelemetry-agent'],
  ['opentelemetry-cluster', 'write: opentelemetry-cluster-collector'],
  ['coralogix-opertor', 'write: coralogix-operator'],
])('reports the misspelt sub-chart %s', (name, suggestion) => {
  expect(report(rule, chartValues(`${name}: {}\n`))).toEqual([
    {
      at: 'app.yaml:4:1',
      message: `${name} has no effect: otel-integration has no sub-chart of that name`,
      suggestion,
    },
  ]);
});

test('says to move what a misspelt sub-chart holds when the right one is there', () => {
  expect(report(rule, chartValues('opentelemetry-agent: {}\nopentelemetry-agnet: {}\n'))).toMatchObject([
    { at: 'app.yaml:5:1', suggestion: 'move what it holds to opentelemetry-agent' },
  ]);
});

test('names all that a word less may mean, and where to move it when one of them is there', () => {
  const agents = 'opentelemetry-agent-eks-fargate or opentelemetry-agent-eks-fargate-monitoring';
  expect(report(rule, chartValues('opentelemetry-agent-eks: {}\n'))).toMatchObject([
    { suggestion: `write: ${agents}` },
  ]);
  expect(report(rule, chartValues('opentelemetry-agent-eks: {}\nopentelemetry-agent-eks-fargate: {}\n'))).toMatchObject(
    [{ suggestion: `move what it holds to ${agents}` }],
  );
});

test('names the collectors when a sub-chart resembles none', () => {
  expect(report(rule, chartValues('opentelemetry-daemon: {}\n'))).toMatchObject([
    { suggestion: expect.stringMatching(/^its collectors are opentelemetry-agent, .*opentelemetry-cluster-collector/) },
  ]);
});

test('cannot tell what a key is for that is none of the chart', () => {
  expect(report(rule, chartValues('postgresql: {}\n'))).toEqual([
    {
      at: 'app.yaml:4:1',
      message: 'nothing in otel-integration reads postgresql: it may be for another chart',
      cannotTell: true,
    },
  ]);
});

test('cannot tell presets from those of the plain chart, and says so once', () => {
  const text = 'presets:\n  kubernetesAttributes: { enabled: true }\n';
  expect(report(rule, text)).toMatchObject([{ at: 'app.yaml:1:1', message: noEffect, cannotTell: true }]);
  // Settings beside them stand at the top of the plain chart's values alone.
  expect(report(rule, `${text}command: { extraArgs: [] }\n`)).toEqual([]);
});

test.each([
  ['what the chart reads', 'distribution: openshift\ntags: {}\nopentelemetry-gateway: {}\ncoralogix-operator: {}\n'],
  ['keys that hold anchors', 'shared: &shared { enabled: true }\nopentelemetry-agent: *shared\n'],
  ['keys that hold anchors further down', 'shared:\n  on: &on { enabled: true }\nopentelemetry-agent: *on\n'],
  ['extensions by name', 'x-notes: {}\n.anchors: {}\n_comment: values\n'],
])('does not report %s', (_, more) => {
  expect(report(rule, chartValues(more))).toEqual([]);
});

test.each([
  ['the plain chart', 'mode: daemonset\npresets:\n  spanMetrics: { enabled: true }\n'],
  ['a chart around this one', 'global: { domain: eu2.coralogix.com }\notel-integration:\n  opentelemetry-agent: {}\n'],
  ['some other chart', 'global: { domain: example.com }\ningress: {}\nimage: {}\n'],
])('does not report values of %s', (_, text) => {
  expect(report(rule, text)).toEqual([]);
});
